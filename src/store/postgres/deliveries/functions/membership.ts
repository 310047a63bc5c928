/**
 * Fencing, in SQL: a group that takes or settles begins with the check that its process is still a member, and holds whoever would take over
 * off until it is committed. So what was taken over is never settled by the one that had it, nor does a process take what nobody would give back.
 */
export const MEMBERSHIP_FUNCTIONS: string = `
CREATE FUNCTION check_membership(tokens bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	present bigint;
BEGIN
	SELECT count(*) INTO present FROM (SELECT 1 FROM processes WHERE token = ANY (tokens) FOR KEY SHARE) AS member;
	IF present < cardinality(tokens) THEN
		RAISE EXCEPTION USING ERRCODE = 'RC410', MESSAGE = 'the lease of this process has ended';
	END IF;
END $$;
`;

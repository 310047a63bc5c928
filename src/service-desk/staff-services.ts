/** What the service desk offers of the people who attend: who they are, whether they are there, how they sign in. */
import type { Department, Operator, OperatorRole } from '../domain/account.ts';

export type OperatorState = 'online' | 'offline';

/** An operator with everything that is known of them. */
export interface StaffMember {
	readonly operator: Operator;
	readonly role: OperatorRole;
	readonly email?: string;
	/** Unique in the account. */
	readonly login?: string;
	/** In the order given; those that were deleted since are left out. */
	readonly departments: readonly Department[];
	/** How many attendances they take at once, for `Desk.distribute`; undefined: as many as come. */
	readonly attendancesMax?: number;
	readonly state: OperatorState;
	/** When the state last changed; when the operator was made, where it never did. */
	readonly stateChangedAt: number;
	/** Access tokens of an earlier one have ended: it goes up with each change of the password, when they are deactivated, and when they sign out. */
	readonly tokenGeneration: number;
}

export interface Staff {
	/** Oldest first, the inactive among them. */
	list(accountId: string): Promise<readonly StaffMember[]>;
	/** Throws not_there (what: operator). */
	member(accountId: string, operatorId: string): Promise<StaffMember>;
	/** Throws not_there, operator_inactive (only who is active can be online). */
	setState(accountId: string, operatorId: string, state: OperatorState): Promise<StaffMember>;
	/**
	 * A JWT with which the operator works at the desk; valid for 12 hours, and only while the operator is there, active and of that generation. Each call makes one.
	 * @param generation theirs; of who was made just now it is 0.
	 */
	accessToken(operator: Operator, generation: number): string;
	/** Undefined where the token is none, has expired or was ended, or its operator is gone or inactive. */
	byToken(jwt: string): Promise<StaffMember | undefined>;
	/** Who signed in as this operator then; undefined where they are gone or inactive, or where that generation has ended. */
	standing(signedIn: SignedInAs): Promise<StaffMember | undefined>;
	/**
	 * The active operators whose login or e-mail this is and whose password fits: of the account, or of any, the oldest three of that name. Who has no such
	 * name takes as long as who has another password.
	 */
	whoFits(name: string, password: string, accountId?: string): Promise<WhoFits>;
	/** Whether this active operator has this password. */
	hasPassword(operator: Omit<SignedInAs, 'generation'>, password: string): Promise<boolean>;
	/** The active operators with this e-mail: of the account, or of any, the oldest three. */
	byEmail(email: string, accountId?: string): Promise<readonly StaffMember[]>;
	/** An access token for login and password. Throws unauthorized, which takes as long for an unknown login as for a wrong password. */
	signIn(accountId: string, login: string, password: string): Promise<{ readonly member: StaffMember; readonly token: string }>;
}

export interface SignedInAs {
	readonly accountId: string;
	readonly operatorId: string;
	/** `StaffMember.tokenGeneration` when they did. */
	readonly generation: number;
}

export interface WhoFits {
	/** Whose the name is. */
	readonly operatorIds: readonly string[];
	readonly fitting: readonly StaffMember[];
}

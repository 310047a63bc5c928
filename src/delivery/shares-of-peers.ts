/**
 * How the limits of one webhook are dealt out over the processes that share a store, so that all of them together keep to the limit and none has
 * to ask another. Each ranks the members for each webhook by a hash of both (rendezvous hashing: Thaler and Ravishankar, 1998): where they agree
 * on who is a member they agree on the shares, and where one comes or goes the ranks of the others among themselves stay as they are.
 */
import type { Peers } from '../ports/peers.ts';
import type { PaceLimits } from './pace.ts';

/** Who shares a store, and who of them this process is. */
export type Members = Pick<Peers, 'members' | 'self'>;

/** Whether a share is less than the whole: there are others, or this process is no member (any more). */
export function isShared({ members, self }: Members): boolean {
	return self === undefined || members.length !== 1 || members[0] !== self;
}

/**
 * The part of this process: its units of the concurrency, which may be none, and its part of the rate. The units that cannot be dealt out evenly
 * are those of the first ranked; the rate is divided by those that have a unit.
 */
export function shareOf(webhookId: string, whole: PaceLimits, peers: Members): PaceLimits {
	if (!isShared(peers)) return whole;
	const { concurrency, ratePerSecond } = whole;
	const count = peers.members.length;
	const rank = rankOf(webhookId, peers);
	const units = rank === undefined ? 0 : Math.floor(concurrency / count) + (rank < concurrency % count ? 1 : 0);
	return { concurrency: units, ratePerSecond: ratePerSecond === undefined ? undefined : ratePerSecond / Math.min(count, concurrency) };
}

/** Whether this process ranks first: what only one may do for a webhook is its own. */
export function isFirst(webhookId: string, peers: Members): boolean {
	return !isShared(peers) || rankOf(webhookId, peers) === 0;
}

/** From 0; undefined where this process is no member. */
function rankOf(webhookId: string, { members, self }: Members): number | undefined {
	if (self === undefined || !members.includes(self)) return undefined;
	const own = scoreOf(webhookId, self);
	return members.filter((member) => {
		const score = scoreOf(webhookId, member);
		return score > own || (score === own && member > self);
	}).length;
}

/** FNV-1a, and the last step of MurmurHash3: names that differ in one letter are far apart. */
function scoreOf(webhookId: string, member: string): number {
	let hash = 0x811c9dc5;
	for (const text of [webhookId, '/', member]) {
		for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

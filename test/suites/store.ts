/**
 * What every store must do, whatever is behind it. An engine runs it by handing in how an empty store is opened; a bug found in one engine
 * becomes a case here, for all.
 */
import { describe } from 'node:test';
import { directoryChangeCases } from './store-changes-directory.ts';
import { messagingChangeCases } from './store-changes-messaging.ts';
import { chatListCases } from './store-chat-lists.ts';
import { deliveryCases } from './store-deliveries.ts';
import { documentCases } from './store-documents.ts';
import { endingCases } from './store-endings.ts';
import type { OpenStore } from './store-fixtures.ts';
import { hasteningCases } from './store-hastening.ts';
import { historyCases } from './store-history.ts';
import { insightCases } from './store-insight.ts';
import { jobCases } from './store-jobs.ts';
import { laneCases } from './store-lanes.ts';
import { listCases } from './store-lists.ts';
import { mediaCases } from './store-media.ts';
import { personalDataCases } from './store-personal-data.ts';
import { planCases } from './store-plans.ts';
import { readCases } from './store-reads.ts';
import { recordCases } from './store-records.ts';
import { retentionCases } from './store-retention.ts';
import { searchingCases } from './store-searching.ts';
import { unitCases } from './store-units.ts';

export function storeSuite(name: string, open: OpenStore): void {
	describe(`store ${name}`, () => {
		describe('a write unit', () => unitCases(open));
		describe('what deliveries were planned with', () => planCases(open));
		describe('changes of the directory', () => directoryChangeCases(open));
		describe('changes of messaging', () => messagingChangeCases(open));
		describe('records', () => recordCases(open));
		describe('documents', () => documentCases(open));
		describe('media', () => mediaCases(open));
		describe('reads', () => readCases(open));
		describe('lists', () => listCases(open));
		describe('lists of chats', () => chatListCases(open));
		describe('deliveries', () => deliveryCases(open));
		describe('lanes', () => laneCases(open));
		describe('hastening', () => hasteningCases(open));
		describe('ends without an attempt', () => endingCases(open));
		describe('deliveries by what no index knows', () => searchingCases(open));
		describe('insight', () => insightCases(open));
		describe('jobs', () => jobCases(open));
		describe('retention', () => retentionCases(open));
		describe('personal data', () => personalDataCases(open));
		describe('histories', () => historyCases(open));
	});
}

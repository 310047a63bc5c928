/** Groups, communities and privacy through Z-API, as the phones in them notice it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Gateway } from '../support/gateway.ts';
import { type Any, JOSE, MARIA, startZApi, type ZApi, zApiOf } from './z-api-rig.ts';

const ROSA = '5544966665555';

describe('the groups of Z-API', () => {
	let gateway: Gateway;
	let zApi: ZApi;

	before(async () => {
		gateway = await startZApi();
	});
	after(() => gateway[Symbol.asyncDispose]());

	const members = async (groupId: string): Promise<Readonly<Record<string, Any>>> =>
		Object.fromEntries((await zApi.get(`group-metadata/${groupId}`)).participants.map((one: Any) => [one.phone, one]));

	test('a group is made, changed and left', async () => {
		zApi = await zApiOf(gateway);
		const made = await zApi.post('create-group', { groupName: 'Festa', phones: [MARIA], autoInvite: true });
		assert.match(made.phone, /^120363\d{12}-group$/);
		assert.match(made.invitationLink, /^https:\/\/chat\.whatsapp\.com\//);
		const groupId = made.phone;
		await zApi.post('update-group-name', { groupId, groupName: 'Festança' });
		await zApi.post('update-group-description', { groupId, groupDescription: 'Sábado' });
		await zApi.post('update-group-photo', { groupId, groupPhoto: gateway.receiver.url('/png') });
		const settings = { adminOnlyMessage: true, adminOnlySettings: true, requireAdminApproval: true, adminOnlyAddMember: true };
		await zApi.post('update-group-settings', { phone: groupId, ...settings });
		const group = await zApi.get(`group-metadata/${groupId}`);
		assert.deepEqual([group.subject, group.description, group.owner], ['Festança', 'Sábado', zApi.account.instance.phone]);
		assert.deepEqual([group.adminOnlyMessage, group.adminOnlySettings, group.requireAdminApproval], [true, true, true]);
		assert.equal((await zApi.get(`light-group-metadata/${groupId}`)).invitationLink, null);
		const [screen] = (await zApi.simulator('GET', `/phones/${MARIA}/chats`)).items;
		assert.deepEqual([screen.chat, screen.name, typeof screen.photoUrl], [groupId, 'Festança', 'string']);
		assert.deepEqual(
			(await zApi.get('groups?page=1&pageSize=10')).map((one: Any) => [one.phone, one.name]),
			[[groupId, 'Festança']],
		);
		await zApi.post('leave-group', { groupId });
		assert.deepEqual(await zApi.get('groups?page=1&pageSize=10'), []);
		await zApi.refused(400, 'POST', 'update-group-name', { groupId, groupName: 'Minha' });
		await zApi.refused(404, 'GET', 'group-metadata/120363999999999999-group');
	});

	test('whoever runs a group promotes, demotes, adds and removes; what did not work is not called true', async () => {
		zApi = await zApiOf(gateway);
		const groupId = await zApi.group();
		await zApi.simulator('PUT', `/contacts/${ROSA}`, { onWhatsApp: false });
		assert.deepEqual(await zApi.post('add-admin', { groupId, phones: [MARIA] }), { value: true });
		assert.equal((await members(groupId))[MARIA].isAdmin, true);
		assert.deepEqual(await zApi.post('remove-admin', { groupId, phones: [MARIA] }), { value: true });
		assert.equal((await members(groupId))[MARIA].isAdmin, false);
		assert.deepEqual(await zApi.post('add-participant', { groupId, phones: [ROSA], autoInvite: false }), { value: false });
		assert.deepEqual(await zApi.post('remove-participant', { groupId, phones: [JOSE] }), { value: true });
		assert.deepEqual(Object.keys(await members(groupId)).sort(), [zApi.account.instance.phone, MARIA].sort());
		assert.deepEqual(await zApi.post('remove-participant', { groupId, phones: [JOSE] }), { value: false });
		assert.match(await zApi.refused(400, 'POST', 'add-admin', { phones: [MARIA] }), /groupId is required/);
	});

	test('who cannot be added is invited, and joins by the link; the old one ends when there is a new one', async () => {
		zApi = await zApiOf(gateway);
		await zApi.simulator('PUT', `/contacts/${JOSE}`, { mayBeAdded: false });
		const { phone: groupId, invitationLink } = await zApi.post('create-group', { groupName: 'Festa', phones: [MARIA], autoInvite: false });
		await zApi.post('add-participant', { groupId, phones: [JOSE], autoInvite: true });
		await zApi.shown(JOSE, ({ content }) => JSON.stringify(content).includes(invitationLink));
		const renewed = await zApi.ok('POST', `redefine-invitation-link/${groupId}`);
		assert.notEqual(renewed.invitationLink, invitationLink);
		assert.equal((await zApi.get(`group-invitation-link/${groupId}`)).invitationLink, renewed.invitationLink);
		const metadata = (url: string) => `group-invitation-metadata?url=${encodeURIComponent(url)}`;
		assert.equal((await zApi.get(metadata(renewed.invitationLink))).participantsCount, 2);
		assert.match(await zApi.refused(400, 'GET', metadata(invitationLink)), /replaced/);
		await zApi.simulator('POST', '/joins', { by: JOSE, url: renewed.invitationLink });
		assert.ok((await members(groupId))[JOSE]);
	});

	test('the instance is not in groups of others, and lets in who asks for its own', async () => {
		zApi = await zApiOf(gateway);
		const { groupId } = await zApi.simulator('POST', '/groups', { by: MARIA, subject: 'Delas', phones: [JOSE] });
		await zApi.refused(404, 'GET', `group-metadata/${groupId}`);
		await zApi.refused(400, 'GET', 'accept-invite-group?url=https%3A%2F%2Fchat.whatsapp.com%2FNADA');
		const ours = await zApi.group();
		await zApi.post('update-group-settings', {
			phone: ours,
			...{ adminOnlyMessage: false, adminOnlySettings: false, requireAdminApproval: true, adminOnlyAddMember: false },
		});
		const { invitationLink: url } = await zApi.get(`group-invitation-link/${ours}`);
		for (const by of [ROSA, '5544955554444']) await zApi.simulator('POST', '/joins', { by, url });
		assert.equal((await members(ours))[ROSA], undefined);
		assert.deepEqual(await zApi.post('approve-participant', { groupId: ours, phones: [ROSA] }), { value: true });
		assert.deepEqual(await zApi.post('reject-participant', { groupId: ours, phones: ['5544955554444'] }), { value: true });
		assert.deepEqual(Object.keys(await members(ours)).sort(), [zApi.account.instance.phone, MARIA, JOSE, ROSA].sort());
	});

	test('a community has an announcement group, and groups that are linked to it', async () => {
		zApi = await zApiOf(gateway);
		const groupId = await zApi.group();
		const { id: communityId, subGroups } = await zApi.post('communities', { name: 'Bairro', description: 'Vizinhos' });
		assert.deepEqual(
			subGroups.map((one: Any) => one.isGroupAnnouncement),
			[true],
		);
		const announcement = subGroups[0].phone;
		const linked = async () => (await zApi.get(`communities-metadata/${communityId}`)).subGroups.map((one: Any) => one.phone);
		assert.deepEqual(await zApi.post('communities/link', { communityId, groupsPhones: [groupId] }), { success: true });
		assert.deepEqual([...(await linked())].sort(), [announcement, groupId].sort());
		assert.equal((await zApi.get(`group-metadata/${groupId}`)).communityId, communityId);
		await zApi.post('send-text', { phone: announcement, message: 'Aviso' });
		const chat = await zApi.get(`chats/${announcement}`);
		assert.deepEqual([chat.isGroup, chat.isGroupAnnouncement], [true, true]);
		assert.deepEqual(await zApi.post('add-participant', { communityId, phones: [ROSA], autoInvite: true }), { value: true });
		assert.deepEqual(await zApi.post('add-admin', { communityId, phones: [ROSA] }), { value: true });
		assert.equal((await members(announcement))[ROSA].isAdmin, true);
		const renewed = await zApi.ok('POST', `redefine-invitation-link/${communityId}`);
		assert.match(renewed.invitationLink, /^https:\/\/chat\.whatsapp\.com\//);
		await zApi.post('communities/unlink', { communityId, groupsPhones: [groupId] });
		assert.deepEqual(await linked(), [announcement]);
		await zApi.ok('DELETE', `communities/${communityId}`);
		assert.deepEqual(await zApi.get('communities'), []);
		await zApi.refused(404, 'GET', `communities-metadata/${communityId}`);
	});

	test('who may add the number to groups, and who is left out, is as it was set', async () => {
		zApi = await zApiOf(gateway);
		await zApi.post('contacts/add', [
			{ firstName: 'Maria', phone: MARIA },
			{ firstName: 'José', phone: JOSE },
		]);
		const leaveOut = (action: string, phone: string) => ({ type: 'CONTACT_BLACKLIST', contactsBlacklist: [{ action, phone }] });
		await zApi.post('privacy/group-add', leaveOut('add', MARIA));
		await zApi.post('privacy/group-add', leaveOut('add', JOSE));
		await zApi.post('privacy/group-add', leaveOut('remove', JOSE));
		assert.deepEqual(await zApi.get('privacy/disallowed-contacts?type=groupAdd'), { disallowedContacts: [MARIA] });
		assert.deepEqual(await zApi.get('disallowed-contacts?type=lastSeen'), { disallowedContacts: [] });
		const groupOf = (by: string) => zApi.simulator('POST', '/groups', { by, subject: 'Grupo', phones: [zApi.account.instance.phone] });
		assert.equal((await groupOf(MARIA)).errors?.length, 1);
		const { groupId } = await groupOf(JOSE);
		assert.deepEqual(
			(await zApi.get('groups?page=1&pageSize=10')).map((one: Any) => one.phone),
			[groupId],
		);
		assert.match(await zApi.refused(400, 'POST', 'privacy/group-add', { type: 'NONE' }), /type/);
		assert.match(await zApi.refused(400, 'POST', 'privacy/messages-duration?value=days8'), /value/);
	});

	test('chats that begin after it have messages that disappear', async () => {
		zApi = await zApiOf(gateway);
		await zApi.ok('POST', 'privacy/messages-duration?value=days7');
		await zApi.sent('send-text', { phone: ROSA, message: 'oi' });
		const { body } = await zApi.admin('GET', `/instances/${zApi.instanceId}/whatsapp/chats/${ROSA}`);
		assert.equal(body.expiresInSeconds, 604_800);
	});

	test('without read receipts nobody sees what was read', async () => {
		zApi = await zApiOf(gateway);
		await zApi.ok('POST', 'privacy/read-receipts?value=disable');
		const unseen = await zApi.written(MARIA, { text: 'oi' });
		await zApi.call('POST', 'read-message', { phone: MARIA, messageId: unseen });
		await zApi.ok('POST', 'privacy/read-receipts?value=enable');
		const seen = await zApi.written(MARIA, { text: 'leu?' });
		await zApi.call('POST', 'read-message', { phone: MARIA, messageId: seen });
		await zApi.shown(MARIA, (one) => one.whatsappId === seen && one.isRead);
		assert.equal((await zApi.screen(MARIA)).find((one) => one.whatsappId === unseen)?.isRead, false);
	});
});

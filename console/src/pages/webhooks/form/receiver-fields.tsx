/** What its receiver asks for: headers, credentials, signatures. Values that are kept are secret, and nobody reads them again. */
import { ActionIcon, Button, Checkbox, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useWords, words } from '../../../i18n/words.ts';
import type { HeaderDraft, WebhookDraft } from '../webhook-draft.ts';
import type { FieldsProps } from './fields-props.ts';

const WORDS = words({
	en: {
		headers: 'Own headers',
		headersAbout: 'Sent with each attempt. Their values are kept encrypted and are not shown again.',
		kept: (names: string) => `Kept as they are: ${names}`,
		replace: 'Write others instead',
		add: 'Add a header',
		name: 'Name of the header',
		value: 'Value',
		remove: (name: string) => `Remove ${name}`,
		authentication: 'Authentication',
		authentications: { kept: 'Keep what it has', none: 'None', basic: 'User and password (Basic)', bearer: 'Token (Bearer)' },
		username: 'User',
		password: 'Password',
		token: 'Token',
		signatures: 'Signatures',
		v1: 'v1: HMAC-SHA256 with a shared secret',
		v1a: 'v1a: ed25519, checked with a public key',
	},
	pt: {
		headers: 'Headers próprios',
		headersAbout: 'Enviados em cada tentativa. Os valores ficam cifrados e não são mostrados de novo.',
		kept: (names: string) => `Ficam como estão: ${names}`,
		replace: 'Escrever outros no lugar',
		add: 'Adicionar header',
		name: 'Nome do header',
		value: 'Valor',
		remove: (name: string) => `Remover ${name}`,
		authentication: 'Autenticação',
		authentications: { kept: 'Manter a que tem', none: 'Nenhuma', basic: 'Usuário e senha (Basic)', bearer: 'Token (Bearer)' },
		username: 'Usuário',
		password: 'Senha',
		token: 'Token',
		signatures: 'Assinaturas',
		v1: 'v1: HMAC-SHA256 com um segredo compartilhado',
		v1a: 'v1a: ed25519, conferida com uma chave pública',
	},
});

/** The gateway takes no more. */
const HEADERS_MAX = 20;
const KINDS = ['kept', 'none', 'basic', 'bearer'] as const;
const SCHEMES = ['v1', 'v1a'] as const;

export function ReceiverFields(props: FieldsProps) {
	const say = useWords(WORDS);
	const { draft, before, onChange, sending } = props;
	const kinds = before?.authentication ? KINDS : KINDS.filter((kind) => kind !== 'kept');
	const secret = (name: 'username' | 'password' | 'token'): object => ({
		label: say[name],
		required: true,
		autoComplete: 'off',
		value: draft[name],
		error: sending.faultOf(`authentication.${name}`),
		onChange: ({ currentTarget: { value } }: { readonly currentTarget: HTMLInputElement }) => onChange({ ...draft, [name]: value }),
	});
	return (
		<Stack>
			<Headers {...props} />
			<Select
				label={say.authentication}
				allowDeselect={false}
				value={draft.authentication}
				data={kinds.map((value) => ({ value, label: say.authentications[value] }))}
				onChange={(value) => onChange({ ...draft, authentication: value as WebhookDraft['authentication'] })}
			/>
			{draft.authentication === 'basic' && (
				<Group grow align="flex-start">
					<TextInput {...secret('username')} />
					<PasswordInput {...secret('password')} />
				</Group>
			)}
			{draft.authentication === 'bearer' && <PasswordInput {...secret('token')} />}
			<Checkbox.Group
				label={say.signatures}
				value={[...draft.signatures]}
				error={sending.faultOf('signatures')}
				onChange={(chosen) => {
					const signatures = SCHEMES.filter((scheme) => chosen.includes(scheme));
					if (signatures.length > 0) onChange({ ...draft, signatures });
				}}
			>
				<Stack gap={8} mt={6}>
					{SCHEMES.map((scheme) => (
						<Checkbox key={scheme} value={scheme} label={say[scheme]} />
					))}
				</Stack>
			</Checkbox.Group>
		</Stack>
	);
}

function Headers({ draft, before, onChange, sending }: FieldsProps) {
	const say = useWords(WORDS);
	const { headers } = draft;
	const set = (changed: readonly HeaderDraft[]): void => onChange({ ...draft, headers: changed });
	const put = (key: number, part: Partial<HeaderDraft>): void =>
		set((headers ?? []).map((header) => (header.key === key ? { ...header, ...part } : header)));
	return (
		<Stack gap="xs" component="section" aria-label={say.headers}>
			<div>
				<Text size="sm" fw={600}>
					{say.headers}
				</Text>
				<Text size="xs" c="dimmed">
					{say.headersAbout}
				</Text>
			</div>
			{headers === undefined && (
				<Group justify="space-between">
					<Text size="sm" style={{ overflowWrap: 'anywhere' }}>
						{say.kept(before?.headerNames.join(', ') ?? '')}
					</Text>
					<Button size="compact-sm" variant="default" onClick={() => set((before?.headerNames ?? []).map(emptied))}>
						{say.replace}
					</Button>
				</Group>
			)}
			{headers?.map(({ key, name, value }) => (
				<Group key={key} align="flex-start" gap="xs">
					<TextInput
						flex="1 1 150px"
						aria-label={say.name}
						placeholder={say.name}
						value={name}
						error={sending.faultOf(`headers.${name.trim()}`)}
						onChange={({ currentTarget }) => put(key, { name: currentTarget.value })}
					/>
					<PasswordInput
						flex="1 1 150px"
						aria-label={say.value}
						placeholder={say.value}
						autoComplete="off"
						value={value}
						onChange={({ currentTarget }) => put(key, { value: currentTarget.value })}
					/>
					<ActionIcon
						variant="subtle"
						color="gray"
						size={36}
						aria-label={say.remove(name)}
						onClick={() => set(headers.filter((header) => header.key !== key))}
					>
						<Trash2 size={16} aria-hidden />
					</ActionIcon>
				</Group>
			))}
			{headers && headers.length < HEADERS_MAX && (
				<Button
					size="compact-sm"
					variant="default"
					leftSection={<Plus size={14} aria-hidden />}
					style={{ alignSelf: 'flex-start' }}
					onClick={() => set([...headers, emptied('', nextKey(headers))])}
				>
					{say.add}
				</Button>
			)}
		</Stack>
	);
}

function emptied(name: string, key: number): HeaderDraft {
	return { key, name, value: '' };
}

function nextKey(headers: readonly HeaderDraft[]): number {
	return Math.max(-1, ...headers.map(({ key }) => key)) + 1;
}

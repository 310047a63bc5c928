/** What its receiver asks for: headers, credentials, signatures. Values that are kept are secret, and nobody reads them again. */
import { ActionIcon, Button, Checkbox, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useWords, words } from '../../../i18n/words.ts';
import type { HeaderDraft, WebhookDraft } from '../webhook-draft.ts';
import { nameAt, valueAt } from '../webhook-mistakes.ts';
import type { FieldsProps } from './fields-props.ts';

const WORDS = words({
	en: {
		headers: 'Own headers',
		headersAbout: 'Sent with each attempt. Their values are kept encrypted and are not shown again.',
		kept: 'Kept as it is',
		add: 'Add a header',
		name: 'Name of the header',
		value: (name: string) => (name === '' ? 'Value' : `Value of ${name}`),
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
		kept: 'Fica como está',
		add: 'Adicionar header',
		name: 'Nome do header',
		value: (name: string) => (name === '' ? 'Valor' : `Valor de ${name}`),
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
				error={sending.faultOf('authentication')}
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

function Headers({ draft, onChange, sending }: FieldsProps) {
	const say = useWords(WORDS);
	const { headers } = draft;
	const set = (changed: readonly HeaderDraft[]): void => onChange({ ...draft, headers: changed });
	const put = (key: number, part: Partial<HeaderDraft>): void =>
		set(headers.map((header) => (header.key === key ? { ...header, ...part } : header)));
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
			{headers.map(({ key, name, value, isKept }) => (
				<Group key={key} align="flex-start" gap="xs">
					<TextInput
						flex="1 1 150px"
						aria-label={say.name}
						placeholder={say.name}
						value={name}
						error={sending.faultOf(nameAt(key))}
						readOnly={isKept}
						onChange={({ currentTarget }) => put(key, { name: currentTarget.value })}
					/>
					<PasswordInput
						flex="1 1 150px"
						aria-label={say.value(name.trim())}
						placeholder={isKept ? say.kept : say.value('')}
						autoComplete="off"
						value={value}
						error={sending.faultOf(valueAt(key))}
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
			{headers.length < HEADERS_MAX && (
				<Button
					size="compact-sm"
					variant="default"
					leftSection={<Plus size={14} aria-hidden />}
					style={{ alignSelf: 'flex-start' }}
					onClick={() => set([...headers, { key: nextKey(headers), name: '', value: '', isKept: false }])}
				>
					{say.add}
				</Button>
			)}
		</Stack>
	);
}

function nextKey(headers: readonly HeaderDraft[]): number {
	return Math.max(-1, ...headers.map(({ key }) => key)) + 1;
}

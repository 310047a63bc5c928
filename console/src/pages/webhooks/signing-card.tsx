/** With what its deliveries are signed: the secret behind "show", the public key, and until when older ones sign beside them. */
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff, KeyRound, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Webhook } from '../../api/views.ts';
import { dateTime } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Copyable, CopyIt } from '../../parts/copy.tsx';
import { Card } from '../../parts/page.tsx';
import { tellDone } from '../../parts/told.ts';
import css from './webhooks.module.css';

const WORDS = words({
	en: {
		title: 'Signature',
		secret: 'Secret (v1)',
		publicKey: 'Public key (v1a)',
		show: 'Show the secret',
		hide: 'Hide the secret',
		unused: 'It signs nothing now: this webhook signs with v1a alone.',
		rotate: 'Rotate',
		ask: 'Make a new secret?',
		askText: 'From now on the new one signs, and the old one beside it for a while: give your system the new one before that is over.',
		askKey: 'The public key is replaced too.',
		done: 'There is a new secret.',
		overlap: 'Older ones still sign beside it',
		until: (moment: string) => `until ${moment}`,
		giveNew: 'By then your system has to check with the new one.',
	},
	pt: {
		title: 'Assinatura',
		secret: 'Segredo (v1)',
		publicKey: 'Chave pública (v1a)',
		show: 'Mostrar o segredo',
		hide: 'Esconder o segredo',
		unused: 'Não assina nada agora: este webhook assina só com v1a.',
		rotate: 'Trocar',
		ask: 'Criar um novo segredo?',
		askText: 'A partir de agora o novo assina e, por um tempo, o antigo junto: coloque o novo no seu sistema antes que esse tempo acabe.',
		askKey: 'A chave pública também é trocada.',
		done: 'Há um novo segredo.',
		overlap: 'Os antigos ainda assinam junto',
		until: (moment: string) => `até ${moment}`,
		giveNew: 'Até lá o seu sistema tem que conferir com o novo.',
	},
});

/** As long as a secret, so that nothing moves when it is shown. */
const HIDDEN = `whsec_${'•'.repeat(24)}`;

export function SigningCard({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const confirm = useConfirm();
	const { id, secret, publicKey, signatures, olderSecretsUntil = [] } = webhook;
	const rotate = async (): Promise<void> => {
		const after = await change<Webhook>('POST', `/webhooks/${id}/secret`);
		client.setQueryData(['webhooks', id], after);
		void client.invalidateQueries({ queryKey: ['webhooks'] });
		tellDone(say.done);
	};
	const ask = (): void =>
		confirm.ask({
			title: say.ask,
			text: publicKey === undefined ? say.askText : `${say.askText} ${say.askKey}`,
			verb: say.rotate,
			act: rotate,
		});
	const actions = (
		<Button size="compact-sm" variant="default" leftSection={<RefreshCw size={14} aria-hidden />} onClick={ask}>
			{say.rotate}
		</Button>
	);
	return (
		<Card title={say.title} actions={actions}>
			<Stack gap="sm">
				<div>
					<Text size="sm" fw={600} mb={2}>
						{say.secret}
					</Text>
					<Secret value={secret} />
					{!signatures.includes('v1') && (
						<Text size="xs" c="dimmed">
							{say.unused}
						</Text>
					)}
				</div>
				{publicKey !== undefined && (
					<div>
						<Text size="sm" fw={600} mb={2}>
							{say.publicKey}
						</Text>
						<Copyable value={publicKey} />
					</div>
				)}
				{olderSecretsUntil.length > 0 && (
					<Alert color="yellow" variant="light" icon={<KeyRound size={18} aria-hidden />}>
						<Text size="sm" fw={600}>
							{say.overlap}
						</Text>
						{olderSecretsUntil.map((until) => (
							<Text key={until} size="sm">
								<time dateTime={until}>{say.until(dateTime(until))}</time>
							</Text>
						))}
						<Text size="sm">{say.giveNew}</Text>
					</Alert>
				)}
			</Stack>
			{confirm.dialog}
		</Card>
	);
}

/** Hidden again when the page is left. */
function Secret({ value }: { readonly value: string }) {
	const say = useWords(WORDS);
	const [isShown, setShown] = useState(false);
	const Icon = isShown ? EyeOff : Eye;
	return (
		<Group gap="xs" wrap="nowrap" justify="space-between">
			<Group gap={4} wrap="nowrap" miw={0}>
				<Code className={css['secret'] ?? ''}>{isShown ? value : HIDDEN}</Code>
				{isShown && <CopyIt value={value} />}
			</Group>
			<Button
				size="compact-sm"
				variant="subtle"
				style={{ flexShrink: 0 }}
				leftSection={<Icon size={14} aria-hidden />}
				onClick={() => setShown(!isShown)}
			>
				{isShown ? say.hide : say.show}
			</Button>
		</Group>
	);
}

/** With what its deliveries are signed: the public key, until when older keys sign beside it, and a new secret, which is shown once. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Webhook, WebhookWithSecret } from '../../api/views.ts';
import { dateTime } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Card } from '../../parts/page.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';

const WORDS = words({
	en: {
		title: 'Signature',
		secret: 'Secret (v1)',
		publicKey: 'Public key (v1a)',
		once: 'It was shown when it was made, and is not shown again. Where it is lost, rotate: the new one is shown.',
		untold: 'The API that registered this webhook tells no secret. Rotate: the new one is shown, once.',
		unused: 'It signs nothing now: this webhook signs with v1a alone.',
		rotate: 'Rotate',
		ask: 'Make a new secret?',
		askText: 'From now on the new one signs, and the old one beside it for a while: give your system the new one before that is over.',
		askKey: 'The public key is replaced too.',
		made: 'The new secret',
		madeAbout: (moment: string) => `The old one signs beside it until ${moment}: give your system this one by then.`,
		overlap: 'Older ones still sign beside it',
		until: (moment: string) => `until ${moment}`,
		giveNew: 'By then your system has to check with the new one.',
	},
	pt: {
		title: 'Assinatura',
		secret: 'Segredo (v1)',
		publicKey: 'Chave pública (v1a)',
		once: 'Foi mostrado quando foi criado e não é mostrado de novo. Se foi perdido, troque: o novo é mostrado.',
		untold: 'A API que registrou este webhook não informa o segredo. Troque: o novo é mostrado, uma só vez.',
		unused: 'Não assina nada agora: este webhook assina só com v1a.',
		rotate: 'Trocar',
		ask: 'Criar um novo segredo?',
		askText: 'A partir de agora o novo assina e, por um tempo, o antigo junto: coloque o novo no seu sistema antes que esse tempo acabe.',
		askKey: 'A chave pública também é trocada.',
		made: 'O novo segredo',
		madeAbout: (moment: string) => `O antigo assina junto até ${moment}: coloque este no seu sistema até lá.`,
		overlap: 'Os antigos ainda assinam junto',
		until: (moment: string) => `até ${moment}`,
		giveNew: 'Até lá o seu sistema tem que conferir com o novo.',
	},
});

export function SigningCard({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const [made, setMade] = useState<WebhookWithSecret>();
	const { id, origin, publicKey, signatures, olderSecretsUntil = [] } = webhook;
	const rotate = async (): Promise<void> => {
		const rotated = await change<WebhookWithSecret>('POST', `/webhooks/${id}/secret`);
		// Without the secret, which is kept nowhere.
		const { secret: _secret, ...after } = rotated;
		client.setQueryData<Webhook>(['webhooks', id], after);
		void client.invalidateQueries({ queryKey: ['webhooks'] });
		setMade(rotated);
	};
	const confirm = useConfirm(() => ({
		title: say.ask,
		text: publicKey === undefined ? say.askText : `${say.askText} ${say.askKey}`,
		verb: say.rotate,
		act: rotate,
	}));
	const actions = (
		<Button size="compact-sm" variant="default" leftSection={<RefreshCw size={14} aria-hidden />} onClick={() => confirm.ask()}>
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
					<Text size="sm">{origin === 'dialect' ? say.untold : say.once}</Text>
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
					<Alert color="yellow" icon={<KeyRound size={18} aria-hidden />}>
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
			{made && <Made webhook={made} onClose={() => setMade(undefined)} />}
		</Card>
	);
}

function Made({
	webhook: { secret, olderSecretsUntil = [] },
	onClose,
}: {
	readonly webhook: WebhookWithSecret;
	readonly onClose: () => void;
}) {
	const say = useWords(WORDS);
	const [until] = olderSecretsUntil;
	return (
		<ShownOnce title={say.made} secrets={[{ name: say.secret, value: secret }]} onClose={onClose}>
			{until !== undefined && <Text size="sm">{say.madeAbout(dateTime(until))}</Text>}
		</ShownOnce>
	);
}

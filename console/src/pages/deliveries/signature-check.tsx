/** The signature of an attempt, explained step by step, and checked here in the browser. */
import { Alert, Button, Code, PasswordInput, Stack, Text } from '@mantine/core';
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { DeliveryDetail } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Json } from '../../parts/json.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import type { Attempt } from './attempt.ts';
import { checkSignature, type Verdict } from './signature.ts';
import classes from './signature-check.module.css';

const WORDS = words({
	en: {
		title: 'Signature',
		about:
			'Signed is the text below: the webhook-id, the webhook-timestamp and the payload, joined by points. Of it each value was made: v1 is HMAC-SHA256 with the webhook’s secret, v1a is ed25519, both in Base64 (Standard Webhooks 1.0).',
		content: 'What was signed',
		values: 'What was sent as webhook-signature',
		secret: 'Secret or public key',
		hint: 'whsec_… or whpk_…',
		stays: 'The one that your system has. It stays in this browser: it is neither sent nor kept.',
		check: 'Check',
		valid: (scheme: string) => `The signature is right (${scheme}).`,
		invalid: (scheme: string) => `No ${scheme} signature was made with this key. Was it replaced since?`,
		computed: 'Computed here',
		noKey: 'That is no secret (whsec_…) and no public key (whpk_…).',
		unavailable: 'This browser checks no signatures here: open the console by https or on the gateway’s own machine.',
	},
	pt: {
		title: 'Assinatura',
		about:
			'O que se assina é o texto abaixo: webhook-id, webhook-timestamp e payload, unidos por pontos. Dele se faz cada valor: v1 é HMAC-SHA256 com o segredo do webhook, v1a é ed25519, ambos em Base64 (Standard Webhooks 1.0).',
		content: 'O que foi assinado',
		values: 'O que foi enviado em webhook-signature',
		secret: 'Segredo ou chave pública',
		hint: 'whsec_… ou whpk_…',
		stays: 'O que o seu sistema tem. Fica neste navegador: não é enviado nem guardado.',
		check: 'Conferir',
		valid: (scheme: string) => `A assinatura está correta (${scheme}).`,
		invalid: (scheme: string) => `Nenhuma assinatura ${scheme} foi feita com esta chave. Ela foi trocada desde então?`,
		computed: 'Calculada aqui',
		noKey: 'Isto não é um segredo (whsec_…) nem uma chave pública (whpk_…).',
		unavailable: 'Este navegador não confere assinaturas aqui: abra o console por https ou na própria máquina do gateway.',
	},
});

const CONTENT_PX = 140;

export interface SignatureCheckProps {
	readonly signature: NonNullable<Attempt['signature']>;
	readonly delivery: DeliveryDetail;
}

export function SignatureCheck({ signature, delivery }: SignatureCheckProps) {
	const say = useWords(WORDS);
	const [key, setKey] = useState('');
	const [verdict, setVerdict] = useState<Verdict>();
	const { isSending, error, send } = useSending();
	const signed = { ...signature, body: delivery.body };
	const check = (): void => send(() => checkSignature(signed, key), setVerdict);
	return (
		<Stack gap="xs" component="section" aria-label={say.title}>
			<Text component="h3" size="sm" fw={600} m={0}>
				{say.title}
			</Text>
			<Text size="sm" c="dimmed">
				{say.about}
			</Text>
			<Json value={signed.prefix + signed.body} isRaw label={say.content} maxHeight={CONTENT_PX} />
			<div className={classes['values']}>
				<Text size="xs" c="dimmed">
					{say.values}
				</Text>
				{signature.values.map((value) => (
					<Code key={value} className={classes['value'] ?? ''}>
						{value}
					</Code>
				))}
			</div>
			<form
				className={classes['form']}
				onSubmit={(event) => {
					event.preventDefault();
					check();
				}}
			>
				<PasswordInput
					className={classes['secret'] ?? ''}
					label={say.secret}
					description={say.stays}
					placeholder={say.hint}
					autoComplete="off"
					value={key}
					onChange={({ currentTarget }) => setKey(currentTarget.value)}
				/>
				<Button type="submit" variant="default" disabled={key.trim() === '' || isSending}>
					{say.check}
				</Button>
			</form>
			{error !== undefined && <Problem error={error} />}
			<div role="status">{verdict && <Told verdict={verdict} />}</div>
		</Stack>
	);
}

function Told({ verdict }: { readonly verdict: Verdict }) {
	const say = useWords(WORDS);
	if (verdict.kind === 'no-key' || verdict.kind === 'unavailable') {
		return (
			<Alert color="yellow" icon={<TriangleAlert size={18} aria-hidden />}>
				{verdict.kind === 'no-key' ? say.noKey : say.unavailable}
			</Alert>
		);
	}
	const isValid = verdict.kind === 'valid';
	return (
		<Alert
			color={isValid ? 'green' : 'red'}
			icon={isValid ? <CircleCheck size={18} aria-hidden /> : <CircleX size={18} aria-hidden />}
			title={isValid ? say.valid(verdict.scheme) : say.invalid(verdict.scheme)}
		>
			{verdict.computed !== undefined && (
				<Text size="sm">
					{say.computed}: <Code className={classes['value'] ?? ''}>{verdict.computed}</Code>
				</Text>
			)}
		</Alert>
	);
}

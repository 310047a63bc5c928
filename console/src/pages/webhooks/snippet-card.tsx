/** A program that checks the signature; the public key is in it, a secret is not known here any more. */
import { Box, Code, Group, SegmentedControl, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import type { Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { CopyIt } from '../../parts/copy.tsx';
import { Card } from '../../parts/page.tsx';
import { type Scheme, type Snippet, snippets } from './snippets.ts';
import css from './webhooks.module.css';

const WORDS = words({
	en: {
		title: 'Check the signature',
		about:
			'Signed are webhook-id, webhook-timestamp and the body as it came, joined by points. Libraries of Standard Webhooks do the same.',
		fill: 'Put the secret in the place of whsec_…: it was shown when it was made.',
		scheme: 'Signature',
		code: (language: string) => `Program in ${language}`,
	},
	pt: {
		title: 'Conferir a assinatura',
		about:
			'Assinados são webhook-id, webhook-timestamp e o corpo como chegou, unidos por pontos. As bibliotecas de Standard Webhooks fazem o mesmo.',
		fill: 'Coloque o segredo no lugar de whsec_…: ele foi mostrado quando foi criado.',
		scheme: 'Assinatura',
		code: (language: string) => `Programa em ${language}`,
	},
});

const LANGUAGES: Readonly<Record<Snippet['language'], string>> = { typescript: 'TypeScript', python: 'Python', php: 'PHP', curl: 'curl' };

const PLACEHOLDER = 'whsec_…';

export function SnippetCard({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const { signatures, publicKey = '' } = webhook;
	const [chosen, setScheme] = useState<Scheme>();
	const scheme = chosen !== undefined && signatures.includes(chosen) ? chosen : (signatures[0] ?? 'v1');
	const key = scheme === 'v1a' ? publicKey : PLACEHOLDER;
	const all = snippets({ scheme, key, origin: location.origin });
	return (
		<Card title={say.title}>
			<Stack gap="sm">
				<Text size="sm" c="dimmed">
					{say.about}
				</Text>
				{signatures.length > 1 && (
					<Group>
						<SegmentedControl
							size="xs"
							aria-label={say.scheme}
							value={scheme}
							data={[...signatures]}
							onChange={(value) => setScheme(value as Scheme)}
						/>
					</Group>
				)}
				{scheme === 'v1' && <Text size="sm">{say.fill}</Text>}
				<Tabs defaultValue="typescript" variant="outline" keepMounted={false}>
					<Tabs.List>
						{all.map(({ language }) => (
							<Tabs.Tab key={language} value={language}>
								{LANGUAGES[language]}
							</Tabs.Tab>
						))}
					</Tabs.List>
					{all.map(({ language, code }) => (
						<Tabs.Panel key={language} value={language} pt="xs">
							<Group justify="flex-end" mb={4}>
								<CopyIt value={code} />
							</Group>
							<Box className={css['code']} tabIndex={0} role="region" aria-label={say.code(LANGUAGES[language])}>
								<Code block className={css['program'] ?? ''}>
									{code}
								</Code>
							</Box>
						</Tabs.Panel>
					))}
				</Tabs>
			</Stack>
		</Card>
	);
}

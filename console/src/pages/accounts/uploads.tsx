/** Media that were uploaded by the Instant Message API and never sent. */
import { Button, Group, Text } from '@mantine/core';
import { change } from '../../api/http.ts';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Card } from '../../parts/page.tsx';
import { tellDone } from '../../parts/told.ts';

const WORDS = words({
	en: {
		title: 'Unused uploads',
		about: 'Media that were uploaded and belong to no message. Those of the last hour stay.',
		remove: 'Delete unused uploads',
		removeTitle: 'Delete the unused uploads?',
		removeText: 'They are gone for good. Whoever uploaded one and has not sent it yet has to upload it again.',
		done: (links: string) => `${links} deleted`,
	},
	pt: {
		title: 'Uploads sem uso',
		about: 'Mídias enviadas por upload que não pertencem a nenhuma mensagem. As da última hora ficam.',
		remove: 'Apagar uploads sem uso',
		removeTitle: 'Apagar os uploads sem uso?',
		removeText: 'Eles são apagados para sempre. Quem enviou um e ainda não o usou terá de enviar de novo.',
		done: (links: string) => `${links} apagadas`,
	},
});

export function Uploads({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const confirm = useConfirm(() => ({
		title: say.removeTitle,
		text: say.removeText,
		verb: say.remove,
		act: async () => {
			const { deleted } = await change<{ readonly deleted: number }>('DELETE', `/accounts/${accountId}/uploads`);
			tellDone(say.done(count(deleted)));
		},
	}));
	return (
		<Card title={say.title}>
			<Group justify="space-between" gap="md">
				<Text size="sm" c="dimmed">
					{say.about}
				</Text>
				<Button variant="default" size="xs" onClick={() => confirm.ask()}>
					{say.remove}
				</Button>
			</Group>
			{confirm.dialog}
		</Card>
	);
}

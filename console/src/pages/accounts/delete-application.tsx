/** Deletes an application, after it was said what becomes of what its webhook has left. */
import type { Application } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { DeleteDialog } from '../../parts/delete-dialog.tsx';
import { tellDone } from '../../parts/told.ts';

const WORDS = words({
	en: {
		title: (name: string) => `Delete the application “${name}”?`,
		about: 'Its token ends at once, and its webhook and templates go with it. The instance and its messages stay.',
		left: 'What waits for its webhook now',
		drainAbout: 'The webhook is gone when all it has is delivered or dead.',
		cancelAbout: 'The webhook is gone at once.',
		delete: 'Delete',
		deleted: 'The application is deleted.',
	},
	pt: {
		title: (name: string) => `Apagar a aplicação “${name}”?`,
		about: 'O token dela deixa de valer na hora, e o webhook e os modelos vão junto. A instância e as mensagens ficam.',
		left: 'O que espera pelo webhook dela agora',
		drainAbout: 'O webhook some quando tudo o que tem estiver entregue ou esgotado.',
		cancelAbout: 'O webhook some na hora.',
		delete: 'Apagar',
		deleted: 'Aplicação apagada.',
	},
});

interface Props {
	readonly application: Application;
	readonly onDeleted: () => void;
	readonly onClose: () => void;
}

export function DeleteApplication({ application: { appId, name, webhook }, onDeleted, onClose }: Props) {
	const say = useWords(WORDS);
	return (
		<DeleteDialog
			title={say.title(name)}
			say={say}
			about={say.about}
			path={`/applications/${appId}`}
			waits={webhook === undefined ? 'nothing' : undefined}
			onDeleted={() => {
				tellDone(say.deleted);
				onDeleted();
			}}
			onClose={onClose}
		/>
	);
}

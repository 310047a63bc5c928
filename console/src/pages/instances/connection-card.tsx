/** The session of an instance: whether it stands, opening and closing it, and the code to scan while there is one. */
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Plug, RotateCw, Unplug, WifiOff } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { fetched } from '../../api/code.ts';
import type { Instance } from '../../api/views.ts';
import { dateTime } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { actOn, type SessionAct, useQrCode } from './data.ts';
import { INSTANCE_WORDS } from './words.ts';

const WORDS = words({
	en: {
		title: 'Connection',
		connect: 'Connect',
		disconnect: 'Disconnect',
		restart: 'Restart',
		lose: 'Lose the connection',
		loseAbout: 'A simulator can lose its connection as when the phone is switched off: webhooks hear of it.',
		ask: (name: string) => `Disconnect ${name}?`,
		askAbout: 'Nothing is sent or received until somebody connects it again. Its queue is kept.',
		channel: 'Channel',
		id: 'Id',
		since: 'Created',
		scan: 'Scan with WhatsApp on the phone: Settings, Linked devices.',
		scanSimulator: 'A simulator needs no scan: connect does it.',
		noCode: 'There is no code to scan now. Connecting asks for one.',
	},
	pt: {
		title: 'Conexão',
		connect: 'Conectar',
		disconnect: 'Desconectar',
		restart: 'Reiniciar',
		lose: 'Perder a conexão',
		loseAbout: 'Um simulador pode perder a conexão como quando o telefone é desligado: os webhooks ficam sabendo.',
		ask: (name: string) => `Desconectar ${name}?`,
		askAbout: 'Nada será enviado nem recebido até alguém conectar de novo. A fila fica guardada.',
		channel: 'Canal',
		id: 'Id',
		since: 'Criada em',
		scan: 'Leia com o WhatsApp no telefone: Configurações, Dispositivos conectados.',
		scanSimulator: 'Um simulador não precisa de leitura: basta conectar.',
		noCode: 'Não há código para ler agora. Ao conectar, um é pedido.',
	},
});

/** What draws it is fetched where there is a code to draw. */
const QrCode = lazy(() => fetched(async () => ({ default: (await import('./qr-code.tsx')).QrCode })));

export function ConnectionCard({ instance }: { readonly instance: Instance }) {
	const say = useWords(WORDS);
	const told = useWords(INSTANCE_WORDS);
	const client = useQueryClient();
	const [acting, setActing] = useState<SessionAct>();
	const [error, setError] = useState<unknown>();
	const { id, name, state, channel } = instance;
	const isConnected = state === 'connected';
	const act = async (what: SessionAct): Promise<void> => {
		const after = await actOn(id, what);
		client.setQueryData(['instances', id], after);
		await client.invalidateQueries({ queryKey: ['instances'] });
	};
	const confirm = useConfirm(() => ({
		title: say.ask(name),
		text: say.askAbout,
		verb: say.disconnect,
		act: () => act('disconnect'),
	}));
	const press = (what: SessionAct): void => {
		setError(undefined);
		setActing(what);
		act(what)
			.catch(setError)
			.finally(() => setActing(undefined));
	};
	const button = (what: SessionAct) => ({ loading: acting === what, disabled: acting !== undefined, onClick: () => press(what) });
	return (
		<Card title={say.title} actions={<StateBadge tone={isConnected ? 'good' : 'bad'}>{told[state]}</StateBadge>}>
			<Stack gap="md">
				<Group gap="xs">
					{!isConnected && (
						<Button leftSection={<Plug size={16} aria-hidden />} {...button('connect')}>
							{say.connect}
						</Button>
					)}
					{isConnected && (
						<Button
							variant="default"
							leftSection={<Unplug size={16} aria-hidden />}
							disabled={acting !== undefined}
							onClick={() => confirm.ask()}
						>
							{say.disconnect}
						</Button>
					)}
					<Button variant="default" leftSection={<RotateCw size={16} aria-hidden />} {...button('restart')}>
						{say.restart}
					</Button>
					{channel === 'simulator' && isConnected && (
						<Button variant="default" leftSection={<WifiOff size={16} aria-hidden />} title={say.loseAbout} {...button('lose')}>
							{say.lose}
						</Button>
					)}
				</Group>
				{error !== undefined && <Problem error={error} />}
				{!isConnected && <Pairing instance={instance} />}
				<Table withRowBorders={false} layout="fixed" horizontalSpacing={0}>
					<Table.Tbody>
						<Table.Tr>
							<Table.Th w={110} fw={400} c="dimmed">
								{say.channel}
							</Table.Th>
							<Table.Td>{told[channel]}</Table.Td>
						</Table.Tr>
						<Table.Tr>
							<Table.Th fw={400} c="dimmed">
								{say.id}
							</Table.Th>
							<Table.Td>
								<Copyable value={id} />
							</Table.Td>
						</Table.Tr>
						<Table.Tr>
							<Table.Th fw={400} c="dimmed">
								{say.since}
							</Table.Th>
							<Table.Td>{dateTime(instance.createdAt)}</Table.Td>
						</Table.Tr>
					</Table.Tbody>
				</Table>
			</Stack>
			{confirm.dialog}
		</Card>
	);
}

function Pairing({ instance: { id, channel } }: { readonly instance: Instance }) {
	const say = useWords(WORDS);
	const { data, error } = useQrCode(id);
	if (error) return <Problem error={error} />;
	if (!data) return <Loading />;
	if (data.value === undefined) return <Text size="sm">{say.noCode}</Text>;
	return (
		<Stack gap="xs" align="center">
			<Suspense fallback={<Loading />}>
				<QrCode value={data.value} />
			</Suspense>
			<Text size="sm" ta="center">
				{channel === 'simulator' ? say.scanSimulator : say.scan}
			</Text>
		</Stack>
	);
}

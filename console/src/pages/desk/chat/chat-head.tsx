/** Above a chat: who it is with, how it stands, and what can be done. */
import { ActionIcon, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ArrowLeft, CircleCheckBig, Headset, PanelRight, PanelRightClose, Share2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../../api/http.ts';
import type { Attendance, Chat } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { shownPhone } from '../../../parts/phone-text.ts';
import { StateBadge } from '../../../parts/state-badge.tsx';
import { useStillHere } from '../../../parts/still-here.ts';
import { tellFailed } from '../../../parts/told.ts';
import { ACT_WORDS } from '../acts/act-words.ts';
import { FinishDialog } from '../acts/finish-dialog.tsx';
import { StartDialog } from '../acts/start-dialog.tsx';
import { TransferDialog } from '../acts/transfer-dialog.tsx';
import { useAsker } from '../asker.ts';
import { chatPath, useRefresh } from '../desk-data.ts';
import { useDeskPlace } from '../desk-place.ts';
import { WORDS } from '../desk-words.ts';
import type { DetailsShown } from '../details/details-shown.ts';
import { isGone } from '../gone.ts';
import { Initials } from '../initials.tsx';
import { Waited } from '../waited.tsx';
import classes from './chat.module.css';
import { CHAT_WORDS } from './chat-words.ts';

export interface ChatHeadProps {
	readonly chat: Chat | undefined;
	readonly open: Attendance | undefined;
	readonly details: DetailsShown;
}

export function ChatHead({ chat, open, details }: ChatHeadProps) {
	const say = useWords(WORDS);
	const { go } = useDeskPlace();
	return (
		<header className={classes['head']}>
			<Tooltip label={say.back}>
				<ActionIcon
					variant="subtle"
					color="gray"
					size="lg"
					hiddenFrom="sm"
					aria-label={say.back}
					onClick={() => go(undefined, { attendance: undefined })}
				>
					<ArrowLeft size={20} aria-hidden />
				</ActionIcon>
			</Tooltip>
			{chat && <Who chat={chat} open={open} />}
			{chat && (
				<Group gap={6} wrap="nowrap" flex="none">
					{open ? <OpenActs attendance={open} /> : chat.attendanceId === undefined && <Begin chat={chat} />}
					<ToDetails {...details} />
				</Group>
			)}
		</header>
	);
}

/** Opens what is known of the contact, and folds it away where it stands beside the chat. */
function ToDetails({ isBeside, isShown, show }: DetailsShown) {
	const say = useWords(WORDS);
	const Panel = isBeside && isShown ? PanelRightClose : PanelRight;
	return (
		<Tooltip label={isShown ? say.foldDetails : say.details}>
			<ActionIcon variant="default" size={30} aria-label={say.details} aria-expanded={isShown} onClick={() => show(!isShown)}>
				<Panel size={16} aria-hidden />
			</ActionIcon>
		</Tooltip>
	);
}

function Who({ chat, open }: { readonly chat: Chat; readonly open: Attendance | undefined }) {
	const say = useWords(WORDS);
	return (
		<div className={classes['who']}>
			<span className={classes['face']}>
				<Initials name={chat.name} />
			</span>
			<div style={{ minWidth: 0 }}>
				<Title order={2} size="h5" title={chat.name} lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
					{chat.name === '' ? shownPhone(chat.phone) : chat.name}
				</Title>
				<Group gap={6} wrap="nowrap">
					<Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
						{shownPhone(chat.phone)}
					</Text>
					{open === undefined && chat.waitingSince !== undefined && <Waited since={chat.waitingSince} />}
					{open && <StateBadge tone={open.operators.length > 0 ? 'good' : 'warn'}>{`#${open.number}`}</StateBadge>}
					{open?.operators.length === 0 && (
						<Text size="xs" c="dimmed">
							{say.unattended}
						</Text>
					)}
				</Group>
			</div>
		</div>
	);
}

/** Without its picture where there is little room. */
const ACT = { size: 'xs', classNames: { section: classes['picture'] ?? '' } } as const;
/** One of several: where there is hardly any, with nothing but its picture. */
const FOLDED_ACT = {
	size: 'xs',
	classNames: { root: classes['act'] ?? '', section: classes['actpicture'] ?? '', label: classes['actwords'] ?? '' },
} as const;

/** Nobody attends. */
function Begin({ chat }: { readonly chat: Chat }) {
	const say = useWords(CHAT_WORDS);
	const asker = useAsker();
	const { change: changePlace } = useDeskPlace();
	const isStillHere = useStillHere();
	const refresh = useRefresh();
	const [isOpen, { open, close }] = useDisclosure();
	const [isTaking, setTaking] = useState(false);
	const take = async (): Promise<void> => {
		setTaking(true);
		try {
			await change('POST', `${chatPath(asker, chat.id)}/take`, asker.as);
			if (isStillHere()) changePlace({ list: 'mine', attendance: undefined });
		} catch (error) {
			// That it is gone is told in its place.
			if (!isGone(error)) tellFailed(say.attendFailed, error);
		} finally {
			setTaking(false);
			refresh();
		}
	};
	if (asker.operatorId !== undefined) {
		return (
			<Button {...ACT} loading={isTaking} leftSection={<Headset size={16} aria-hidden />} onClick={() => void take()}>
				{say.attend}
			</Button>
		);
	}
	return (
		<>
			<Button {...ACT} leftSection={<Headset size={16} aria-hidden />} aria-label={say.start} onClick={open}>
				<span className={classes['roomy']}>{say.start}</span>
				<span className={classes['tight']}>{say.startShort}</span>
			</Button>
			{isOpen && <StartDialog chat={chat} onClose={close} />}
		</>
	);
}

function OpenActs({ attendance }: { readonly attendance: Attendance }) {
	const say = useWords(ACT_WORDS);
	const { operatorId } = useAsker();
	const { go } = useDeskPlace();
	const isStillHere = useStillHere();
	const [dialog, setDialog] = useState<'transfer' | 'finish'>();
	const isIn = operatorId === undefined || attendance.operators.some(({ id }) => id === operatorId);
	const close = (): void => setDialog(undefined);
	const leave = (): void => {
		close();
		if (isStillHere()) go(undefined, { attendance: undefined });
	};
	return (
		<>
			{!isIn && <Join attendance={attendance} operatorId={operatorId} />}
			<Button {...FOLDED_ACT} variant="default" leftSection={<Share2 size={16} aria-hidden />} onClick={() => setDialog('transfer')}>
				{say.transfer}
			</Button>
			{isIn && (
				<Button {...FOLDED_ACT} leftSection={<CircleCheckBig size={16} aria-hidden />} onClick={() => setDialog('finish')}>
					{say.finish}
				</Button>
			)}
			{dialog === 'transfer' && <TransferDialog attendance={attendance} onClose={close} onDone={leave} />}
			{dialog === 'finish' && <FinishDialog attendance={attendance} onClose={close} onDone={leave} />}
		</>
	);
}

function Join({ attendance, operatorId }: { readonly attendance: Attendance; readonly operatorId: string }) {
	const say = useWords(CHAT_WORDS);
	const { accountId, as } = useAsker();
	const refresh = useRefresh();
	const join = (): void => {
		change('PUT', `/accounts/${accountId}/desk/attendances/${attendance.id}/operators/${operatorId}`, undefined, { query: as }).then(
			refresh,
			(error: unknown) => tellFailed(say.joinFailed, error),
		);
	};
	return (
		<Button {...FOLDED_ACT} leftSection={<UserPlus size={16} aria-hidden />} onClick={join}>
			{attendance.operators.length === 0 ? say.assume : say.join}
		</Button>
	);
}

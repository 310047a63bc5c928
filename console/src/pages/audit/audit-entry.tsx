/** One change: who, when, what, how it ended; opened, what it changed. */
import { Accordion, Code, Group, Stack, Text } from '@mantine/core';
import type { AuditEntry } from '../../api/views.ts';
import { dateTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/words.ts';
import { Json } from '../../parts/json.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import css from './audit.module.css';
import { AUDIT_WORDS } from './audit-words.ts';
import { DEEDS, deedOf } from './deed.ts';

const REFUSED_FROM = 400;

export interface AuditItemProps {
	readonly entry: AuditEntry;
	readonly nameOf: (id: string) => string | undefined;
}

export function AuditItem({ entry, nameOf }: AuditItemProps) {
	const say = useWords(AUDIT_WORDS);
	const deed = deedOf(entry, useWords(DEEDS), nameOf);
	const { id, at, by, method, route, status } = entry;
	const isRefused = status >= REFUSED_FROM;
	const kind = say.kinds[by.kind];
	// The administrator is one, and a stranger has no name.
	const who = by.kind === 'admin' || by.kind === 'unknown' ? kind : `${kind} ${by.name ?? by.id}`;
	return (
		<Accordion.Item value={id} bg="var(--recado-surface)" className={css['item']}>
			<Accordion.Control>
				<span className={css['entry']}>
					<Text size="sm" component="time" dateTime={at} c="dimmed">
						{dateTime(at)}
					</Text>
					<Text size="sm" fw={600} component="span" className={css['who']} style={{ overflowWrap: 'anywhere' }}>
						{who}
					</Text>
					<span className={css['route']}>
						{deed !== undefined && (
							<Text size="sm" component="span" display="block" style={{ overflowWrap: 'anywhere' }}>
								{deed}
							</Text>
						)}
						<Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
							{method} {route}
						</Code>
					</span>
					<span className={css['state']}>
						<StateBadge tone={isRefused ? 'warn' : 'good'}>{isRefused ? say.refused(status) : say.done(status)}</StateBadge>
					</span>
				</span>
			</Accordion.Control>
			<Accordion.Panel>
				<Details entry={entry} />
			</Accordion.Panel>
		</Accordion.Item>
	);
}

function Details({ entry }: { readonly entry: AuditEntry }) {
	const say = useWords(AUDIT_WORDS);
	const { status, dialect, by, ids, requestId, changed = [], before, after, errorCode } = entry;
	const named = Object.entries(ids).map(([name, value]) => `${name} ${value}`);
	return (
		<Stack gap="xs">
			<Fact name={say.actor}>{by.id}</Fact>
			<Fact name={say.dialect}>{dialect}</Fact>
			<Fact name={say.request}>{requestId}</Fact>
			{errorCode !== undefined && <Fact name={say.refused(status)}>{errorCode}</Fact>}
			{named.length > 0 && <Fact name={say.ids}>{named.join(', ')}</Fact>}
			{changed.length > 0 && <Fact name={say.changed}>{changed.join(', ')}</Fact>}
			{before !== undefined && <Settings name={say.before} value={before} />}
			{after !== undefined && <Settings name={say.after} value={after} />}
		</Stack>
	);
}

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
	return (
		<Group gap="xs" align="baseline">
			<Text size="sm" c="dimmed" miw="8rem">
				{name}
			</Text>
			<Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{children}</Code>
		</Group>
	);
}

function Settings({ name, value }: { readonly name: string; readonly value: unknown }) {
	return (
		<div>
			<Text size="sm" c="dimmed" mb={4}>
				{name}
			</Text>
			<Json label={name} value={value} />
		</div>
	);
}

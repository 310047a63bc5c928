/** The fields of a webhook: first what each has, then, folded, what most leave as it is. */
import { Accordion, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Refused } from '../../../api/http.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { sectionsOf } from '../webhook-sending.ts';
import { EventFields } from './event-fields.tsx';
import type { FieldsProps } from './fields-props.ts';
import { LimitFields } from './limit-fields.tsx';
import { OwnerFields } from './owner-fields.tsx';
import { ReceiverFields } from './receiver-fields.tsx';
import { TwinHint } from './twin-hint.tsx';

const WORDS = words({
	en: {
		url: 'Address',
		urlAbout: 'https, reachable from the gateway',
		limits: 'Order, limits and schedule',
		receiver: 'Headers, authentication and signature',
	},
	pt: {
		url: 'Endereço',
		urlAbout: 'https, alcançável pelo gateway',
		limits: 'Ordem, limites e novas tentativas',
		receiver: 'Headers, autenticação e assinatura',
	},
});

/** What the gateway says of the address, where it names no field. */
const OF_THE_URL = ['webhook_not_https', 'webhook_address_refused', 'webhook_has_credentials'];

export function WebhookFields(props: FieldsProps) {
	const say = useWords(WORDS);
	const { draft, before, onChange, sending } = props;
	const { error } = sending;
	const [open, setOpen] = useState<readonly string[]>([]);
	const [told, setTold] = useState(error);
	if (error !== told) {
		setTold(error);
		setOpen([...new Set([...open, ...sectionsOf(error)])]);
	}
	const urlFault = error instanceof Refused && OF_THE_URL.includes(error.code) ? error.message : sending.faultOf('url');
	return (
		<Stack>
			<TextInput
				label={say.url}
				description={say.urlAbout}
				placeholder="https://"
				required
				type="url"
				inputMode="url"
				data-autofocus
				value={draft.url}
				error={urlFault}
				onChange={({ currentTarget: { value } }) => onChange({ ...draft, url: value })}
			/>
			{before === undefined && <OwnerFields {...props} />}
			{before === undefined && <TwinHint draft={draft} />}
			<EventFields {...props} />
			{/* At once: the focus goes where something was refused, and what still unfolds takes none. */}
			<Accordion variant="separated" multiple order={3} value={[...open]} onChange={setOpen} transitionDuration={0}>
				<Accordion.Item value="receiver">
					<Accordion.Control>{say.receiver}</Accordion.Control>
					<Accordion.Panel>
						<ReceiverFields {...props} />
					</Accordion.Panel>
				</Accordion.Item>
				<Accordion.Item value="limits">
					<Accordion.Control>{say.limits}</Accordion.Control>
					<Accordion.Panel>
						<LimitFields {...props} />
					</Accordion.Panel>
				</Accordion.Item>
			</Accordion>
		</Stack>
	);
}

/** Where the menu leads to an operator: the attendance begins with the answer. Who is not active any more is stood in for by their department. */
import { namedRef } from '../domain/attendance.ts';
import { type StepParts, startStep } from '../messaging/attendance-steps.ts';
import type { Arrival } from '../messaging/inbox-hook.ts';
import { profileOf } from '../messaging/operator-profiles.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Turn } from './turn.ts';

export interface StartingParts extends StepParts {
	readonly store: StepParts['store'] & Pick<Store, 'accounts' | 'documents'>;
	readonly clock: Clock;
}

export async function startWith(
	parts: StartingParts,
	{ instance, view, message }: Arrival,
	operatorId: string,
): Promise<Pick<Turn, 'changes' | 'events' | 'started'>> {
	const { accounts, documents } = parts.store;
	const departments = await accounts.departments(instance.accountId);
	const operator = (await accounts.operators(instance.accountId)).find((one) => one.id === operatorId);
	const [departmentId] = (await profileOf(documents, operatorId)).departmentIds.filter((id) => departments.some((one) => one.id === id));
	const department = departments.find((one) => one.id === departmentId) ?? departments.find((one) => one.isDefault);
	const touch: Change[] = department ? [{ kind: 'chat.touch', id: view.chat.id, departmentId: department.id }] : [];
	if (!operator?.active) return { changes: touch, events: [] };
	const said = [message];
	const start = {
		instance,
		view,
		operators: [namedRef(operator)],
		department: department && namedRef(department),
		at: parts.clock.now(),
		said,
	};
	const step = await startStep(parts, start);
	return { changes: [...touch, ...step.changes], events: step.events, started: step.attendance };
}

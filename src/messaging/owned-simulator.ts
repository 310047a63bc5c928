/** The simulator as any process may use it: its worlds are where the instances are owned. */
import type { PresenceStatus } from '../domain/event.ts';
import type { PhoneAct, PhoneBehaviour, PhoneWrites, ScreenLook, SimulatorControl } from '../ports/simulator.ts';
import type { InstanceErrands } from './instance-errands.ts';

export function ownedSimulator(simulator: SimulatorControl, errands: InstanceErrands): SimulatorControl {
	return {
		write: errands.offer('simulator.write', (instance, act: PhoneWrites) => simulator.write(instance, act)),
		act: errands.offer('simulator.act', (instance, act: PhoneAct) => simulator.act(instance, act)),
		presence: errands.offer('simulator.presence', (instance, phone: string, status: PresenceStatus) =>
			simulator.presence(instance, phone, status),
		),
		setBehaviour: errands.offer('simulator.setBehaviour', (instance, phone: string, change: Partial<PhoneBehaviour>) =>
			simulator.setBehaviour(instance, phone, change),
		),
		behaviour: errands.offer('simulator.behaviour', (instance, phone: string) => simulator.behaviour(instance, phone)),
		chats: errands.offer('simulator.chats', (instance, phone: string) => simulator.chats(instance, phone)),
		messages: errands.offer('simulator.messages', (instance, phone: string, look: ScreenLook) => simulator.messages(instance, phone, look)),
		forget: errands.offer('simulator.forget', (instance, phone: string) => simulator.forget(instance, phone)),
		loseConnection: errands.offer('simulator.loseConnection', (instance, ...reason: [reason?: string]) =>
			simulator.loseConnection(instance, ...reason),
		),
	};
}

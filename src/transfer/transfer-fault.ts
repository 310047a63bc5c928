/** A transfer that cannot be done, or not be trusted, for a reason that a person can act on. What was written of it is not kept. */
export class TransferFault extends Error {
	override readonly name = 'TransferFault';
}

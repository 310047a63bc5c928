/** What a customer answered when asked how an attendance was. */
export interface SurveyAnswer {
	readonly attendanceId: string;
	readonly attendanceNumber: number;
	/** From 1 on. */
	readonly rating: number;
	readonly observation?: string;
	/** When the rating was written. */
	readonly answeredAt: number;
}

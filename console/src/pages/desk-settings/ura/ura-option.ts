/** An option of the menu. */

export interface UraOption {
	readonly label: string;
	readonly to: UraTarget;
}

export type UraTarget =
	| { readonly kind: 'department'; readonly departmentId: string }
	| { readonly kind: 'operator'; readonly operatorId: string }
	| { readonly kind: 'menu'; readonly message: string; readonly options: readonly UraOption[] };

export function freshOption(): UraOption {
	return { label: '', to: { kind: 'department', departmentId: '' } };
}

/** Where an option leads once its kind was changed. */
export function freshTarget(kind: UraTarget['kind']): UraTarget {
	switch (kind) {
		case 'department':
			return { kind, departmentId: '' };
		case 'operator':
			return { kind, operatorId: '' };
		case 'menu':
			return { kind, message: '', options: [freshOption()] };
	}
}

export function moved<T>(items: readonly T[], index: number, by: 1 | -1): readonly T[] {
	const item = items[index];
	const other = items[index + by];
	if (item === undefined || other === undefined) return items;
	return items.with(index, other).with(index + by, item);
}

import { AccountPicker } from '../parts/account-picker.tsx';

export interface AccountSelectProps {
	readonly label: string;
	/** For all accounts. */
	readonly placeholder: string;
	readonly chosen: string | undefined;
	readonly onChoose: (id: string | undefined) => void;
}

export function AccountSelect({ label, placeholder, chosen, onChoose }: AccountSelectProps) {
	return (
		<AccountPicker
			aria-label={label}
			size="xs"
			w={{ base: 130, sm: 220 }}
			clearable
			placeholder={placeholder}
			chosen={chosen}
			onChoose={onChoose}
		/>
	);
}

/** E-mail and password, or a token. What was typed stays where it was refused. */
import { Alert, Button, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { fetched } from '../../api/code.ts';
import { type AccountChoice, Refused } from '../../api/http.ts';
import { signIn } from '../../api/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

/** Few are operators of several accounts. */
const AccountPick = lazy(() => fetched(async () => ({ default: (await import('./account-pick.tsx')).AccountPick })));

type Way = 'password' | 'token';

export function SignInForm({ onSignedIn }: { readonly onSignedIn: () => void }) {
	const say = useWords(SIGN_IN_WORDS);
	const { send, error, isSending, forget } = useSending();
	const [way, setWay] = useState<Way>('password');
	const [email, setEmail] = useState('');
	const [password, setPassword] = useState('');
	const [token, setToken] = useState('');
	const [accounts, setAccounts] = useState<readonly AccountChoice[]>([]);
	const [accountId, setAccountId] = useState<string>();
	const refused = error instanceof Refused ? error : undefined;
	const enter = (account: string | undefined): void => {
		const asOperator = { email: email.trim(), password, ...(account === undefined ? {} : { accountId: account }) };
		send(async () => {
			await signIn(way === 'token' ? { token: token.trim() } : asOperator).catch((thrown: unknown) => {
				if (asksAccount(thrown)) setAccounts(thrown.accounts);
				throw thrown;
			});
		}, onSignedIn);
	};
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		enter(accountId);
	};
	/** Which accounts there are to choose among is told of this e-mail and this password. */
	const forgetAccounts = (): void => {
		setAccounts([]);
		setAccountId(undefined);
	};
	return (
		<form onSubmit={submit}>
			<Stack>
				{refused?.code === 'unauthorized' ? (
					<Alert color="red" icon={<CircleAlert size={20} aria-hidden />} role="alert">
						{way === 'token' ? say.wrongToken : say.wrong}
					</Alert>
				) : (
					error !== undefined && !asksAccount(error) && <Problem error={error} />
				)}
				<SegmentedControl
					aria-label={say.how}
					value={way}
					onChange={(value) => {
						setWay(value as Way);
						forget();
					}}
					data={[
						{ value: 'password', label: say.password },
						{ value: 'token', label: say.token },
					]}
				/>
				{way === 'password' ? (
					<>
						<TextInput
							label={say.email}
							autoComplete="username"
							value={email}
							onChange={(event) => {
								setEmail(event.currentTarget.value);
								forgetAccounts();
							}}
							required
						/>
						<PasswordInput
							label={say.secret}
							autoComplete="current-password"
							value={password}
							onChange={(event) => {
								setPassword(event.currentTarget.value);
								forgetAccounts();
							}}
							required
						/>
						{accounts.length > 0 && (
							<Suspense>
								<AccountPick
									accounts={accounts}
									chosen={accountId}
									onChoose={(id) => {
										setAccountId(id);
										enter(id);
									}}
								/>
							</Suspense>
						)}
					</>
				) : (
					<PasswordInput
						label={say.tokenLabel}
						description={say.tokenAbout}
						autoComplete="off"
						value={token}
						onChange={(event) => setToken(event.currentTarget.value)}
						required
					/>
				)}
				<Button type="submit" loading={isSending} fullWidth>
					{say.submit}
				</Button>
			</Stack>
		</form>
	);
}

/** Of two operators in one account, with one password, a login alone tells which: there is nothing to choose. */
function asksAccount(thrown: unknown): thrown is Refused {
	return thrown instanceof Refused && thrown.code === 'sign_in_ambiguous' && thrown.accounts.length > 1;
}

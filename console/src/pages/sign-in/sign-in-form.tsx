/** E-mail and password, or a token. What was typed stays where it was refused. */
import { Alert, Button, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Refused } from '../../api/http.ts';
import { signIn } from '../../api/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

type Way = 'password' | 'token';

export function SignInForm({ onSignedIn }: { readonly onSignedIn: () => void }) {
	const say = useWords(SIGN_IN_WORDS);
	const { send, error, isSending, forget } = useSending();
	const [way, setWay] = useState<Way>('password');
	const [email, setEmail] = useState('');
	const [password, setPassword] = useState('');
	const [accountId, setAccountId] = useState('');
	const [token, setToken] = useState('');
	const code = error instanceof Refused ? error.code : undefined;
	// The same e-mail and password in several accounts: asked for where it is needed alone.
	const asksAccount = code === 'sign_in_ambiguous' || accountId !== '';
	const enter = (event: FormEvent): void => {
		event.preventDefault();
		const account = accountId.trim() === '' ? {} : { accountId: accountId.trim() };
		send(() => signIn(way === 'token' ? { token: token.trim() } : { email: email.trim(), password, ...account }), onSignedIn);
	};
	return (
		<form onSubmit={enter}>
			<Stack>
				{code === 'unauthorized' ? (
					<Alert color="red" icon={<CircleAlert size={20} aria-hidden />} role="alert">
						{way === 'token' ? say.wrongToken : say.wrong}
					</Alert>
				) : (
					error !== undefined && <Problem error={error} />
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
							onChange={(event) => setEmail(event.currentTarget.value)}
							required
						/>
						<PasswordInput
							label={say.secret}
							autoComplete="current-password"
							value={password}
							onChange={(event) => setPassword(event.currentTarget.value)}
							required
						/>
						{asksAccount && (
							<TextInput
								label={say.account}
								description={say.accountAbout}
								placeholder="acc_…"
								value={accountId}
								onChange={(event) => setAccountId(event.currentTarget.value)}
								required
							/>
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

/** A link that looks like a button, to a page of the console. */
import { Button, type ButtonProps } from '@mantine/core';
import { createLink, type LinkComponent } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Props = ButtonProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { readonly ref?: Ref<HTMLAnchorElement> };

function Linked(props: Props) {
	return <Button component="a" {...props} />;
}

export const ButtonLink: LinkComponent<typeof Linked> = createLink(Linked);

/** A link in a text to another page of the console. */
import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink, type LinkComponent } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Props = AnchorProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & { readonly ref?: Ref<HTMLAnchorElement> };

function Linked(props: Props) {
	return <Anchor {...props} />;
}

export const LinkTo: LinkComponent<typeof Linked> = createLink(Linked);

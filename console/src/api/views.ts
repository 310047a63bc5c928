/** Made from docs/openapi/recado.json by `npm run reference`; do not edit. */

export type Accepted = {
	readonly accepted: boolean;
};

export type Account = {
	/** `acc_…` */
	readonly id: string;
	readonly name: string;
	readonly clientTokenEnforced: boolean;
	readonly createdAt: string;
};

export type AccountCreated = {
	/** `acc_…` */
	readonly id: string;
	readonly name: string;
	readonly clientTokenEnforced: boolean;
	readonly createdAt: string;
	/** The Plugchat token. Acts on the first instance. Shown once */
	readonly token: string;
	/** The Z-API Client-Token. Shown once */
	readonly clientToken: string;
};

export type Acted = {
	/** WhatsApp ids of what the instance hears of it */
	readonly messageIds: readonly string[];
	/** Of a group that was made */
	readonly groupId?: string;
	/** A sentence for each number that it did not work with */
	readonly errors?: readonly string[];
};

export type AddressBookEntry = {
	readonly phone: string;
	/** As it stands in the address book; empty where it does not */
	readonly name: string;
	readonly firstName: string;
	/** As the person calls themselves */
	readonly notify: string;
	readonly about: string;
	readonly photoUrl?: string;
	readonly lid?: string;
	readonly isBlocked: boolean;
};

export type ApiToken = {
	/** `tok_…` */
	readonly id: string;
	readonly name: string;
	readonly accountId?: string;
	readonly partnerId?: string;
	readonly scopes: readonly ("admin" | "accounts:manage" | "webhooks:manage" | "messages:send" | "messages:read" | "attendances:manage" | "personal-data:manage" | "simulator:act" | "partner" | "integrator")[];
	readonly requestsPerSecond?: number;
	readonly createdAt: string;
	/** `admin`, or the id of a token */
	readonly createdBy: string;
	readonly expiresAt?: string;
	readonly revokedAt?: string;
	/** To the minute */
	readonly lastUsedAt?: string;
};

export type ApiTokenCreated = {
	/** `tok_…` */
	readonly id: string;
	readonly name: string;
	readonly accountId?: string;
	readonly partnerId?: string;
	readonly scopes: readonly ("admin" | "accounts:manage" | "webhooks:manage" | "messages:send" | "messages:read" | "attendances:manage" | "personal-data:manage" | "simulator:act" | "partner" | "integrator")[];
	readonly requestsPerSecond?: number;
	readonly createdAt: string;
	/** `admin`, or the id of a token */
	readonly createdBy: string;
	readonly expiresAt?: string;
	readonly revokedAt?: string;
	/** To the minute */
	readonly lastUsedAt?: string;
	/** `rct_…`, to be sent as bearer. Shown once */
	readonly token: string;
};

export type Application = {
	/** `app_…` */
	readonly appId: string;
	readonly accountId: string;
	readonly instanceId: string;
	readonly name: string;
	/** Where its responses and statuses go; missing if its webhook was deleted */
	readonly webhook?: string;
	readonly webhookId: string;
	readonly createdAt: string;
};

export type ApplicationCreated = {
	/** `app_…` */
	readonly appId: string;
	readonly accountId: string;
	readonly instanceId: string;
	readonly name: string;
	/** Where its responses and statuses go; missing if its webhook was deleted */
	readonly webhook?: string;
	readonly webhookId: string;
	readonly createdAt: string;
	/** The JWT of the Instant Message API. Shown once */
	readonly token: string;
};

export type Attendance = {
	/** `atd_…` */
	readonly id: string;
	/** Counts up per account */
	readonly number: number;
	/** A finished one is never reopened */
	readonly status: "progress" | "finished";
	readonly accountId: string;
	readonly instanceId: string;
	readonly chatId: string;
	readonly customer: {
		readonly name: string;
		readonly phone: string;
	};
	readonly department?: {
		readonly id: string;
		readonly name: string;
	};
	readonly operators: readonly {
		readonly id: string;
		readonly name: string;
	}[];
	/** When the waiting customer first wrote */
	readonly requestedAt: string;
	readonly startedAt: string;
	readonly startedBy?: {
		readonly id: string;
		readonly name: string;
	};
	readonly finishedAt?: string;
	readonly finishedBy?: {
		readonly id: string;
		readonly name: string;
	};
	readonly report?: string;
	readonly ratingObservation?: string;
	/** Where no category of the account has items */
	readonly category?: {
		readonly id: string;
		readonly name: string;
		readonly color: string;
	};
	/** Where categories of the account have items */
	readonly categories?: readonly {
		readonly categoryId: string;
		readonly categoryName: string;
		readonly color: string;
		readonly itemId: string;
		readonly itemName: string;
	}[];
	readonly chat?: Chat;
};

export type AttentionItem = {
	/** `webhook-failing`: its circuit is open. `webhook-disabled`: by the gateway (410) or by a person. `instance-disconnected`. `dead-deliveries`: given up, they can be replayed. `overdue-deliveries`: the oldest delivery of a webhook that is neither disabled nor failing has been due for over a minute. `observations-failed`: what a phone told could not be worked out; it is kept, and tried again at the next start */
	readonly kind: "webhook-failing" | "webhook-disabled" | "instance-disconnected" | "dead-deliveries" | "overdue-deliveries" | "observations-failed";
	/** `notice`: a person did it */
	readonly severity: "critical" | "warning" | "notice";
	/** Missing where that is not known */
	readonly since?: string;
	readonly accountId: string;
	readonly webhookId?: string;
	readonly instanceId?: string;
	/** How many, where they are counted; dead deliveries up to 1000, observations up to 200 */
	readonly count?: number;
	/** An error class, a reason, the name of an instance */
	readonly detail?: string;
};

export type AuditEntry = {
	/** `aud_…` */
	readonly id: string;
	readonly at: string;
	readonly accountId?: string;
	readonly by: {
		/** The credential; `unknown`: who failed to sign in */
		readonly kind: "admin" | "token" | "account" | "instance" | "application" | "operator" | "unknown";
		readonly id: string;
		readonly name?: string;
	};
	readonly method: string;
	readonly route: string;
	readonly dialect: string;
	/** Ids of ours that the path named */
	readonly ids: { readonly [name: string]: string };
	readonly status: number;
	/** Where it was refused */
	readonly errorCode?: string;
	/** As `X-Request-Id` said */
	readonly requestId: string;
	/** Names of what the body gave */
	readonly changed?: readonly string[];
	/** Settings, where the route tells them */
	readonly before?: unknown;
	/** Settings, where the route tells them */
	readonly after?: unknown;
};

export type AuditRoute = {
	/** `PATCH` */
	readonly method: string;
	/** `/recado/v1/webhooks/:id` */
	readonly route: string;
};

export type ButtonOutcome = {
	readonly message?: Message;
	/** To be shown to the operator. It is what a stranger wrote: show it as text, or in a sandbox */
	readonly modal?: string;
};

export type Category = {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly createdAt: string;
	readonly color: string;
	readonly items: readonly {
		readonly id: string;
		readonly name: string;
	}[];
	/** Used for attendances that are finished without one */
	readonly isDefault: boolean;
};

export type Chat = {
	/** `cht_…` */
	readonly id: string;
	readonly accountId: string;
	/** Empty, as phone and name, once the contact was erased */
	readonly instanceId: string;
	/** As WhatsApp spells it, digits only; of a group, a newsletter, a broadcast list its address */
	readonly phone: string;
	readonly name: string;
	readonly contact: {
		readonly id: string;
		readonly name: string;
		readonly photoUrl?: string;
		readonly lid?: string;
	};
	/** The customer has written since then and nobody attends */
	readonly waitingSince?: string;
	/** The open attendance */
	readonly attendanceId?: string;
	readonly departmentId?: string;
	readonly lastMessageAt: string;
	readonly lastInboundAt?: string;
	readonly createdAt: string;
	readonly lastMessage?: Message;
	/** Of its newest 50 messages those that nobody read yet; where it was asked for */
	readonly unread?: number;
};

export type ChatFlags = {
	readonly phone: string;
	readonly isArchived: boolean;
	readonly isPinned: boolean;
	readonly isMuted: boolean;
	/** Missing where it is muted for ever */
	readonly mutedUntil?: string;
	readonly isMarkedUnread: boolean;
	readonly isSpam: boolean;
	readonly unread: number;
	/** Messages disappear after this; 0: never */
	readonly expiresInSeconds: number;
	readonly clearedAt?: string;
	readonly isDeleted: boolean;
	/** True of the group in which a community's admins announce */
	readonly isAnnouncement?: boolean;
};

export type Contact = {
	/** `ctc_…` */
	readonly id: string;
	readonly accountId: string;
	/** Empty once it was erased */
	readonly name: string;
	readonly photoUrl?: string;
	readonly lid?: string;
	readonly aliases: readonly ({
		/** What it is */
		readonly kind: "phone" | "lid" | "user-id" | "address";
		readonly value: string;
	})[];
	readonly chats: readonly {
		readonly id: string;
		readonly instanceId: string;
		readonly phone: string;
	}[];
};

export type ContactCard = {
	readonly contactId: string;
	readonly email: string;
	readonly city: string;
	readonly observation: string;
	readonly genericFields: readonly {
		readonly name: string;
		readonly value: string;
	}[];
};

export type Content = {
	/** Says which of the other keys are there */
	readonly kind: "text" | "image" | "video" | "audio" | "document" | "sticker" | "location" | "contact" | "contacts" | "buttons" | "button-reply" | "list" | "list-reply" | "template" | "carousel" | "pix-key" | "poll" | "poll-vote" | "event" | "event-reply" | "product" | "catalog" | "order" | "checkout" | "payment" | "reaction" | "edit" | "deletion" | "pin" | "notice" | "newsletter-invite" | "waiting" | "deleted" | "unknown";
	readonly text?: string;
	/** Of the link in a text: `url`, `title`, `description`, `thumbnailUrl` */
	readonly preview?: { readonly [name: string]: unknown };
	readonly description?: string;
	/** Where a medium is, a location on a map, or the page of a product */
	readonly url?: string;
	readonly mimeType?: string;
	readonly fileName?: string;
	readonly thumbnailUrl?: string;
	/** Why the channel could not fetch it; `url` is empty then */
	readonly downloadError?: string;
	readonly caption?: string;
	readonly seconds?: number;
	readonly pageCount?: number;
	readonly width?: number;
	readonly height?: number;
	readonly viewOnce?: boolean;
	readonly voiceNote?: boolean;
	/** A video that plays by itself, or a round video note */
	readonly look?: "gif" | "ptv";
	readonly author?: string;
	readonly latitude?: number;
	readonly longitude?: number;
	readonly name?: string;
	readonly address?: string;
	readonly phones?: readonly string[];
	readonly vCard?: string;
	readonly contacts?: readonly {
		readonly name: string;
		readonly phones: readonly string[];
		readonly vCard: string;
		readonly description?: string;
	}[];
	readonly title?: string;
	readonly footer?: string;
	/** The content above the text: an image, a video, a document or a location, with its `kind` */
	readonly header?: { readonly [name: string]: unknown };
	readonly buttons?: readonly { readonly [name: string]: unknown }[];
	readonly buttonId?: string;
	readonly buttonLabel?: string;
	readonly optionId?: string;
	readonly templateId?: string;
	readonly cards?: readonly { readonly [name: string]: unknown }[];
	readonly key?: string;
	readonly keyType?: string;
	readonly merchantName?: string;
	readonly question?: string;
	readonly maxOptions?: number;
	/** Of a poll and a vote the texts; of a list `id`, `title` and `description` of each */
	readonly options?: readonly unknown[];
	readonly startsAt?: string;
	readonly isCanceled?: boolean;
	/** `name`, `latitude`, `longitude`, `address` */
	readonly place?: { readonly [name: string]: unknown };
	/** `media` (voice or video) and `url` */
	readonly call?: { readonly [name: string]: unknown };
	readonly reply?: string;
	readonly productId?: string;
	readonly businessPhone?: string;
	readonly imageUrl?: string;
	readonly imageCount?: number;
	readonly price?: number;
	readonly currency?: string;
	readonly retailerId?: string;
	readonly orderId?: string;
	readonly token?: string;
	readonly sellerPhone?: string;
	readonly total?: number;
	readonly subTotal?: number;
	readonly discount?: number;
	readonly shipping?: number;
	readonly tax?: number;
	readonly items?: readonly { readonly [name: string]: unknown }[];
	readonly stage?: string;
	readonly referenceId?: string;
	readonly orderRequestId?: string;
	readonly orderStatus?: string;
	readonly paymentStatus?: string;
	/** `key`, `keyType`, `name` */
	readonly pix?: { readonly [name: string]: unknown };
	readonly takesCards?: boolean;
	readonly value?: number;
	readonly requestPhone?: string;
	/** Of a payment: `receiverPhone`, `value`, `currency`, `status`, `transactionStatus` */
	readonly info?: { readonly [name: string]: unknown };
	readonly parameters?: readonly unknown[];
	readonly callId?: string;
	readonly details?: { readonly [name: string]: string };
	readonly newsletterId?: string;
	readonly newsletterName?: string;
	readonly expiresAt?: string;
	/** A kind that this version does not know, as the channel gave it */
	readonly raw?: unknown;
	/** WhatsApp id of the message that a reaction, an edit, a vote, … is for */
	readonly messageId?: string;
	/** Whether that message was ours */
	readonly fromMe?: boolean;
	/** Who of a group wrote that message */
	readonly participantPhone?: string;
	readonly emoji?: string;
	readonly isPinned?: boolean;
	readonly content?: Content;
	/** What travels beside the content */
	readonly context?: {
		/** Who of a group wrote it */
		readonly participant?: {
			readonly phone: string;
			readonly name: string;
			readonly lid?: string;
			readonly photoUrl?: string;
		};
		readonly forwarded?: boolean;
		/** Phones that the text names */
		readonly mentioned?: readonly string[];
		readonly groupsMentioned?: readonly { readonly [name: string]: unknown }[];
		/** The advertisement that the chat began from */
		readonly ad?: { readonly [name: string]: unknown };
		/** The status that it answers: `whatsappId`, `image` */
		readonly statusReply?: { readonly [name: string]: unknown };
		readonly expiresInSeconds?: number;
		readonly broadcastTo?: readonly string[];
		readonly editedAt?: string;
	};
};

export type Correspondent = {
	readonly phone: string;
	readonly name: string;
	readonly chatName: string;
	readonly photoUrl?: string;
	readonly lid?: string;
	readonly lastInboundAt?: string;
};

export type CustomButton = {
	/** `btn_…` */
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	/** Missing for operators who may not change it */
	readonly url?: string;
	/** How the API is called */
	readonly method?: "GET" | "POST";
	readonly createdAt: string;
};

export type Delivery = {
	/** `dlv_…`; the header `webhook-id` of every attempt */
	readonly id: string;
	readonly eventId: string;
	/** What it tells about */
	readonly eventType: "message.sent" | "message.received" | "message.status" | "message.failed" | "instance.connected" | "instance.disconnected" | "chat.presence" | "attendance.started" | "attendance.transferred" | "attendance.finished" | "survey.answered" | "webhook.failing" | "webhook.recovered" | "webhook.disabled";
	readonly accountId: string;
	readonly webhookId: string;
	readonly instanceId?: string;
	readonly chatId?: string;
	/** The last three are settled */
	readonly state: "pending" | "sending" | "delivered" | "dead" | "cancelled";
	readonly attemptCount: number;
	/** The class of the last failure */
	readonly lastError?: string;
	/** When it is tried next; missing while it waits for an earlier one */
	readonly dueAt?: string;
	/** It failed for too long and left its place in the order */
	readonly isOvertaken: boolean;
	readonly isReplay: boolean;
	readonly createdAt: string;
	readonly settledAt?: string;
};

export type DeliveryCount = {
	readonly count: number;
	/** There may be more: as many were counted, or looked at, as are at most */
	readonly isAtLeast: boolean;
};

export type DeliveryDetail = {
	/** `dlv_…`; the header `webhook-id` of every attempt */
	readonly id: string;
	readonly eventId: string;
	/** What it tells about */
	readonly eventType: "message.sent" | "message.received" | "message.status" | "message.failed" | "instance.connected" | "instance.disconnected" | "chat.presence" | "attendance.started" | "attendance.transferred" | "attendance.finished" | "survey.answered" | "webhook.failing" | "webhook.recovered" | "webhook.disabled";
	readonly accountId: string;
	readonly webhookId: string;
	readonly instanceId?: string;
	readonly chatId?: string;
	/** The last three are settled */
	readonly state: "pending" | "sending" | "delivered" | "dead" | "cancelled";
	readonly attemptCount: number;
	/** The class of the last failure */
	readonly lastError?: string;
	/** When it is tried next; missing while it waits for an earlier one */
	readonly dueAt?: string;
	/** It failed for too long and left its place in the order */
	readonly isOvertaken: boolean;
	readonly isReplay: boolean;
	readonly createdAt: string;
	readonly settledAt?: string;
	/** The bytes of every attempt */
	readonly body: string;
	/** Oldest first */
	readonly attempts: readonly ({
		/** `att_…` */
		readonly id: string;
		/** Counts from 1, and from 1 again after a replay */
		readonly number: number;
		/** Made while the circuit was open; failed, it counts for nothing */
		readonly isProbe: boolean;
		readonly startedAt: string;
		readonly request: {
			readonly url: string;
			readonly headers: { readonly [name: string]: string };
		};
		readonly response?: {
			readonly status: number;
			readonly headers: { readonly [name: string]: string };
			/** As much as is kept */
			readonly body?: string;
		};
		/** What is signed is `prefix` with the body behind it, byte for byte */
		readonly signature?: {
			/** `{webhook-id}.{webhook-timestamp}.` */
			readonly prefix: string;
			/** `v1,…` is HMAC-SHA256 in Base64, `v1a,…` ed25519; one of each key that was valid */
			readonly values: readonly string[];
		};
		readonly error?: {
			/** How it failed */
			readonly class: "dns" | "connect" | "tls" | "timeout" | "reset" | "status" | "too-large" | "refused-by-guard" | "interrupted";
			/** What exactly went wrong, where more is known than the class */
			readonly cause?: "name-unknown" | "dns-unavailable" | "connection-refused" | "unreachable" | "connect-timeout" | "certificate-expired" | "certificate-not-yet-valid" | "certificate-revoked" | "certificate-self-signed" | "certificate-untrusted" | "certificate-of-other-name" | "certificate-unfit" | "handshake-failed" | "late-for-connection" | "late-in-dns" | "late-in-connect" | "late-in-tls" | "late-first-byte" | "late-end" | "not-http" | "cut-short";
			readonly message?: string;
			/** What that means, and what can be done */
			readonly explanation: {
				readonly en: string;
				readonly pt: string;
			};
		};
		/** By phase, milliseconds; the phase in which it failed up to then. A connection that was there already has no DNS, connect and TLS */
		readonly timings: {
			readonly dnsMs?: number;
			readonly connectMs?: number;
			readonly tlsMs?: number;
			readonly firstByteMs?: number;
			/** From the first byte of the answer to its end; missing below a millisecond */
			readonly bodyMs?: number;
			readonly totalMs: number;
		};
	})[];
};

export type DeliveryPage = {
	readonly items: readonly Delivery[];
	/** Hand it in as `cursor` for what follows; missing at the end */
	readonly next?: string;
	/** How many were looked at, where the filter asks for what no index knows */
	readonly scanned?: number;
};

export type Department = {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly createdAt: string;
	readonly active: boolean;
	/** Chats fall back to it when an attendance is finished with `autoTransfer` */
	readonly isDefault: boolean;
};

export type DeskCount = {
	readonly count: number;
	/** There may be more: as many were counted, or looked at, as are at most */
	readonly isAtLeast: boolean;
};

export type ErrorKind = {
	readonly code: string;
	readonly type: string;
	readonly title: string;
	readonly status: number;
	readonly retryable: boolean;
	/** `{name}` is filled in when it happens */
	readonly detail: string;
	/** The same in Portuguese, as the dialects tell it */
	readonly detailPt: string;
};

export type Event = {
	/** `evt_…` */
	readonly id: string;
	/** What happened; says which keys `data` has */
	readonly type: "message.sent" | "message.received" | "message.status" | "message.failed" | "instance.connected" | "instance.disconnected" | "chat.presence" | "attendance.started" | "attendance.transferred" | "attendance.finished" | "survey.answered" | "webhook.failing" | "webhook.recovered" | "webhook.disabled";
	readonly timestamp: string;
	readonly accountId: string;
	/** Missing where it is about a webhook of the whole account */
	readonly instanceId?: string;
	readonly chatId?: string;
	readonly data: {
		readonly message?: Message;
		readonly contact?: Correspondent;
		/** Of message.status the step, of chat.presence what the customer does */
		readonly status?: string;
		/** Of instance.disconnected; of webhook.disabled `gone` (its receiver answered 410) or `request` (a person did it) */
		readonly reason?: string;
		readonly lastSeenAt?: string;
		readonly attendance?: Attendance;
		readonly transfer?: Transfer;
		readonly answer?: SurveyAnswer;
		/** Of attendance.started and attendance.finished, oldest first */
		readonly transcript?: readonly Message[];
		/** Of webhook.*: which one it is about */
		readonly webhook?: {
			readonly id: string;
			/** Whose payloads it gets */
			readonly dialect: "recado" | "plugchat" | "z-api" | "instant-message";
			readonly url: string;
		};
		/** Of webhook.failing: how the last attempt failed */
		readonly errorClass?: "dns" | "connect" | "tls" | "timeout" | "reset" | "status" | "too-large" | "refused-by-guard" | "interrupted";
		/** Of webhook.failing */
		readonly failuresInARow?: number;
		/** Of webhook.recovered */
		readonly failingSince?: string;
	};
};

export type FigurePoint = {
	readonly at: string;
	/** Messages that callers handed over */
	readonly accepted: number;
	/** Messages that a channel took */
	readonly sent: number;
	/** Messages that failed for good */
	readonly failed: number;
	/** Messages of customers */
	readonly received: number;
	/** Events made durable */
	readonly events: number;
	/** Webhook requests that were answered 2xx */
	readonly attemptsOk: number;
	/** Webhook requests that failed, without probes of a webhook that is failing */
	readonly attemptsFailed: number;
	/** Deliveries that arrived */
	readonly delivered: number;
	/** Deliveries that were given up */
	readonly dead: number;
	/** Probes of a failing webhook that failed too: they are no attempts */
	readonly probesFailed: number;
	/** From event to delivered, milliseconds, right within a tenth, of those that were not replayed; null where none of them was delivered */
	readonly latency: {
		readonly p50: number;
		readonly p95: number;
		readonly p99: number;
	} | null;
	/** What waited in the store, by the last sample; null where none was taken, and for one account */
	readonly backlog: {
		readonly pending: number;
		readonly sending: number;
		readonly dead: number;
		/** For how long the oldest pending delivery had waited, since it was made or replayed, whatever held it up; 0 where none did. Missing in samples of before this was counted */
		readonly oldestWaitingMs?: number;
	} | null;
};

export type Figures = {
	/** As asked for */
	readonly window: "15m" | "1h" | "24h" | "7d";
	/** What a point stands for */
	readonly stepMs: number;
	/** Oldest first, without gaps; the last one is not over */
	readonly points: readonly FigurePoint[];
	/** Of the window */
	readonly totals: {
		/** Messages that callers handed over */
		readonly accepted: number;
		/** Messages that a channel took */
		readonly sent: number;
		/** Messages that failed for good */
		readonly failed: number;
		/** Messages of customers */
		readonly received: number;
		/** Events made durable */
		readonly events: number;
		/** Webhook requests that were answered 2xx */
		readonly attemptsOk: number;
		/** Webhook requests that failed, without probes of a webhook that is failing */
		readonly attemptsFailed: number;
		/** Deliveries that arrived */
		readonly delivered: number;
		/** Deliveries that were given up */
		readonly dead: number;
		/** Probes of a failing webhook that failed too: they are no attempts */
		readonly probesFailed: number;
		/** From event to delivered, milliseconds, right within a tenth, of those that were not replayed; null where none of them was delivered */
		readonly latency: {
			readonly p50: number;
			readonly p95: number;
			readonly p99: number;
		} | null;
	};
	/** Of one account: in some of it more accounts were busy than are kept, and it was not among the busiest */
	readonly isPartial: boolean;
};

export type Group = {
	/** `…-group`: where messages for it go */
	readonly id: string;
	readonly subject: string;
	readonly subjectAt: string;
	readonly subjectBy: string;
	readonly description: string;
	readonly photoUrl?: string;
	readonly owner: string;
	readonly createdAt: string;
	readonly participants: readonly {
		readonly phone: string;
		readonly name?: string;
		readonly firstName?: string;
		readonly isAdmin: boolean;
		readonly isSuperAdmin: boolean;
	}[];
	/** Phones that asked to be let in */
	readonly requests: readonly string[];
	readonly invitationUrl?: string;
	readonly communityId?: string;
	readonly isAnnouncement: boolean;
	readonly settings: {
		readonly adminOnlyMessage?: boolean;
		readonly adminOnlySettings?: boolean;
		readonly requireAdminApproval?: boolean;
		readonly adminOnlyAddMember?: boolean;
	};
	readonly isMember: boolean;
};

export type Instance = {
	/** `ins_…` */
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	/** The engine behind it */
	readonly channel: "simulator" | "cloud-api" | "whatsapp-web";
	/** Digits only */
	readonly phone: string;
	/** While it is disconnected its queue is kept */
	readonly state: "connected" | "disconnected";
	/** The random pause between two sends */
	readonly pacing: {
		readonly minMs: number;
		readonly maxMs: number;
	};
	readonly createdAt: string;
	/** Messages that wait to be sent */
	readonly queueLength: number;
};

export type InstanceChannel = {
	/** The engine behind the instance */
	readonly channel: "simulator" | "cloud-api" | "whatsapp-web";
	/** The kinds of messages that it can send */
	readonly kinds: readonly string[];
	/** What else of WhatsApp it can do: groups, contacts, profile, … */
	readonly calls: readonly string[];
	/** A phone is paired by a QR code */
	readonly hasQrCode: boolean;
	/** Our id travels with a message: sending it twice is sending it once */
	readonly keepsOurId: boolean;
	/** The random pause between two sends */
	readonly defaultPacing: {
		readonly minMs: number;
		readonly maxMs: number;
	};
};

export type InstanceCreated = {
	/** `ins_…` */
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	/** The engine behind it */
	readonly channel: "simulator" | "cloud-api" | "whatsapp-web";
	/** Digits only */
	readonly phone: string;
	/** While it is disconnected its queue is kept */
	readonly state: "connected" | "disconnected";
	/** The random pause between two sends */
	readonly pacing: {
		readonly minMs: number;
		readonly maxMs: number;
	};
	readonly createdAt: string;
	/** The token in Z-API paths. Shown once */
	readonly token: string;
};

export type InstanceQueue = {
	/** Messages that wait to be sent */
	readonly length: number;
	/** Of the session: while it is disconnected nothing goes */
	readonly state: "connected" | "disconnected";
	/** The random pause between two sends */
	readonly pacing: {
		readonly minMs: number;
		readonly maxMs: number;
	};
	/** Since when, or from when on, the first may go. In the past: it waits for the pause or for the session */
	readonly nextDueAt?: string;
	/** When the oldest of those looked at was accepted */
	readonly oldestAt?: string;
	/** The first of them, in the order in which they may go */
	readonly items: readonly Message[];
};

export type InstanceSettings = {
	readonly autoReadMessage: boolean;
	readonly autoReadStatus: boolean;
	readonly callRejectAuto: boolean;
	/** Empty: calls are not answered */
	readonly callRejectMessage: string;
	readonly refusesWhileDisconnected: boolean;
};

export type Job = {
	/** `job_…` */
	readonly id: string;
	/** What it does with each delivery; `erase`: it erases what is kept about a contact */
	readonly kind: "replay" | "discard" | "erase";
	/** The last two are final */
	readonly state: "counting" | "running" | "paused" | "cancelled" | "done";
	readonly accountId?: string;
	readonly webhookId?: string;
	readonly chatId?: string;
	/** Those with the phone that it was made for */
	readonly chatIds?: readonly string[];
	readonly contactId?: string;
	readonly instanceId?: string;
	/** What the deliveries tell about */
	readonly eventType?: "message.sent" | "message.received" | "message.status" | "message.failed" | "instance.connected" | "instance.disconnected" | "chat.presence" | "attendance.started" | "attendance.transferred" | "attendance.finished" | "survey.answered" | "webhook.failing" | "webhook.recovered" | "webhook.disabled";
	/** Part of the payloads */
	readonly text?: string;
	readonly states: readonly ("pending" | "sending" | "delivered" | "dead" | "cancelled")[];
	readonly since?: string;
	readonly until?: string;
	/** How many deliveries (of an erasure: records) fit when it was made; grows while they are counted */
	readonly total: number;
	/** Of those: replayed, discarded or erased */
	readonly done: number;
	/** Of those: in another state when their turn came */
	readonly skipped: number;
	readonly progress: number;
	readonly createdAt: string;
	readonly updatedAt: string;
	readonly finishedAt?: string;
};

export type LiveChanged = {
	/** Where something may look different now */
	readonly what: "webhooks" | "instances" | "desk" | "jobs";
	/** Of webhooks, instances, chats and attendances, jobs; empty: look at all */
	readonly ids: readonly string[];
};

export type LiveDeliveries = {
	/** New ones, and such as changed since they were told; in the order of commit, a changed one first */
	readonly items: readonly Delivery[];
	/** About so many more, fitting or not, were left out because there were too many at once; 1, which means some, where the stream is narrowed to one account */
	readonly skipped: number;
};

export type LiveEvent = {
	/** `evt_…`; what it says is at `GET /events/{id}` */
	readonly id: string;
	/** What happened */
	readonly type: "message.sent" | "message.received" | "message.status" | "message.failed" | "instance.connected" | "instance.disconnected" | "chat.presence" | "attendance.started" | "attendance.transferred" | "attendance.finished" | "survey.answered" | "webhook.failing" | "webhook.recovered" | "webhook.disabled";
	readonly timestamp: string;
	readonly accountId: string;
	readonly instanceId?: string;
	readonly chatId?: string;
	/** Of webhook.*: which one it is about */
	readonly webhookId?: string;
};

export type LiveEvents = {
	/** In the order of commit */
	readonly items: readonly LiveEvent[];
	/** About so many more, fitting or not, were left out because there were too many at once; 1, which means some, where the stream is narrowed to one account */
	readonly skipped: number;
};

export type LiveFigures = {
	readonly at: string;
	/** What the process that serves the stream does */
	readonly perSecond: {
		/** Messages that callers handed over */
		readonly accepted: number;
		/** Messages that a channel took */
		readonly sent: number;
		/** Messages that failed for good */
		readonly failed: number;
		/** Messages of customers */
		readonly received: number;
		/** Events made durable */
		readonly events: number;
		/** Webhook requests that were answered 2xx */
		readonly attemptsOk: number;
		/** Webhook requests that failed, without probes of a webhook that is failing */
		readonly attemptsFailed: number;
		/** Deliveries that arrived */
		readonly delivered: number;
		/** Deliveries that were given up */
		readonly dead: number;
		/** Probes of a failing webhook that failed too: they are no attempts */
		readonly probesFailed: number;
	};
	/** So many share the store, each does its part */
	readonly processes: number;
	/** Webhook requests under way in this process; missing for one account */
	readonly inFlight?: number;
	/** What waited in the store, by the last sample; null where none was taken, and for one account */
	readonly backlog?: {
		readonly pending: number;
		readonly sending: number;
		readonly dead: number;
		/** For how long the oldest pending delivery had waited, since it was made or replayed, whatever held it up; 0 where none did. Missing in samples of before this was counted */
		readonly oldestWaitingMs?: number;
	} | null;
};

export type Message = {
	/** `msg_…` */
	readonly id: string;
	/** The id that WhatsApp knows */
	readonly whatsappId: string;
	readonly accountId: string;
	readonly instanceId: string;
	readonly chatId: string;
	readonly fromMe: boolean;
	/** Who made it */
	readonly origin: "api" | "phone" | "automatic";
	readonly content: Content;
	/** The last step of its timeline */
	readonly status: "queued" | "sent" | "received" | "read" | "played" | "failed";
	readonly timeline: {
		readonly queued?: string;
		readonly sent?: string;
		readonly received?: string;
		readonly read?: string;
		readonly played?: string;
		readonly failed?: string;
	};
	readonly failure?: {
		readonly code: string;
		readonly reason: string;
	};
	/** WhatsApp id of the message that it answers */
	readonly replyTo?: string;
	readonly customId?: string;
	readonly contextId?: string;
	readonly createdAt: string;
	readonly updatedAt: string;
	/** Not sent before this time */
	readonly dueAt?: string;
};

export type MessagePage = {
	readonly items: readonly Message[];
	readonly page: number;
	readonly total: number;
};

export type Note = {
	/** `nte_…` */
	readonly id: string;
	readonly chatId: string;
	/** The one that was open then */
	readonly attendanceId?: string;
	readonly text: string;
	readonly by?: {
		readonly id: string;
		readonly name: string;
	};
	readonly createdAt: string;
};

export type OnWhatsApp = {
	readonly asked: string;
	readonly exists: boolean;
	/** As WhatsApp spells it */
	readonly phone: string;
	readonly lid?: string;
};

export type OpeningHours = {
	readonly active: boolean;
	/** IANA name: `America/Sao_Paulo` */
	readonly timeZone: string;
	readonly week: {
		readonly sunday?: readonly {
			/** `HH:MM` */
			readonly from: string;
			/** `HH:MM`, up to `24:00` */
			readonly to: string;
		}[];
		readonly monday?: readonly {
			/** `HH:MM` */
			readonly from: string;
			/** `HH:MM`, up to `24:00` */
			readonly to: string;
		}[];
		readonly tuesday?: readonly {
			/** `HH:MM` */
			readonly from: string;
			/** `HH:MM`, up to `24:00` */
			readonly to: string;
		}[];
		readonly wednesday?: readonly {
			/** `HH:MM` */
			readonly from: string;
			/** `HH:MM`, up to `24:00` */
			readonly to: string;
		}[];
		readonly thursday?: readonly {
			/** `HH:MM` */
			readonly from: string;
			/** `HH:MM`, up to `24:00` */
			readonly to: string;
		}[];
		readonly friday?: readonly {
			/** `HH:MM` */
			readonly from: string;
			/** `HH:MM`, up to `24:00` */
			readonly to: string;
		}[];
		readonly saturday?: readonly {
			/** `HH:MM` */
			readonly from: string;
			/** `HH:MM`, up to `24:00` */
			readonly to: string;
		}[];
	};
	readonly holidays: readonly {
		/** `YYYY-MM-DD` */
		readonly date: string;
		readonly name?: string;
		readonly spans: readonly {
			/** `HH:MM` */
			readonly from: string;
			/** `HH:MM`, up to `24:00` */
			readonly to: string;
		}[];
	}[];
	readonly awayMessage: string;
};

export type Operator = {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly createdAt: string;
	readonly active: boolean;
};

export type PhoneBehaviour = {
	readonly onWhatsApp: boolean;
	readonly receivesAfterMs: number | null;
	readonly readsAfterMs: number | null;
	readonly repliesWith: string | null;
	readonly answersInGroups: boolean;
	/** False: nobody puts its owner into a group */
	readonly mayBeAdded: boolean;
	/** Chats that begin with it are known by its LID */
	readonly hidesNumber: boolean;
	readonly name: string;
};

export type PhoneChat = {
	/** The instance's number, or the address of a group */
	readonly chat: string;
	readonly name: string;
	readonly photoUrl?: string;
	/** How many of its messages are held */
	readonly messages: number;
	readonly lastAt: string;
	/** The last one in a few words */
	readonly lastText: string;
};

export type PhoneMessage = {
	readonly whatsappId: string;
	readonly chat: string;
	/** Whose number wrote it; missing where WhatsApp itself did */
	readonly from?: string;
	/** Written on this phone */
	readonly fromMe: boolean;
	readonly at: string;
	readonly content: Content;
	readonly replyTo?: string;
	readonly editedAt?: string;
	readonly isPinned: boolean;
	/** Written on this phone, and read by the instance */
	readonly isRead: boolean;
	readonly reactions: readonly {
		readonly from: string;
		readonly emoji: string;
	}[];
	/** Of a poll */
	readonly votes: readonly {
		readonly from: string;
		readonly options: readonly string[];
	}[];
	/** Of an event: who comes */
	readonly replies: readonly {
		readonly from: string;
		readonly reply: string;
	}[];
};

export type Problem = {
	/** Where this kind of error is explained */
	readonly type: string;
	readonly title: string;
	readonly status: number;
	/** What happened, for a person */
	readonly detail: string;
	/** What happened, for a program; one of `GET /recado/v1/errors` */
	readonly code: string;
	/** The request id, as in the header `X-Request-Id` */
	readonly instance: string;
	/** The same request may succeed later */
	readonly retryable: boolean;
	/** Everything that is wrong in the request */
	readonly faults?: readonly {
		/** `contact.phone`, `operators[0]`; empty for the body itself */
		readonly path: string;
		readonly message: string;
	}[];
	/** Of `sign_in_ambiguous`: those in which e-mail and password are right; `accountId` says which */
	readonly accounts?: readonly {
		readonly id: string;
		readonly name: string;
	}[];
};

export type Profile = {
	readonly phone: string;
	readonly name: string;
	readonly about: string;
	readonly photoUrl?: string;
	readonly isBusiness: boolean;
};

export type QrCode = {
	readonly value?: string;
};

export type QuickReply = {
	/** `qrp_…` */
	readonly id: string;
	readonly accountId: string;
	readonly shortcut: string;
	readonly text: string;
	/** Whose operators see it; all of them if missing */
	readonly departmentIds?: readonly string[];
	readonly createdAt: string;
	readonly updatedAt: string;
};

export type RatedAttendance = {
	readonly attendance: Attendance;
	readonly answer: SurveyAnswer;
};

export type Session = {
	/** Of the administrator, of an API token, of an operator */
	readonly kind: "admin" | "token" | "operator";
	readonly name: string;
	/** The account whose things it reaches; all if missing */
	readonly accountId?: string;
	readonly operatorId?: string;
	/** Of an operator */
	readonly role?: "admin" | "supervisor" | "agent";
	/** Of an operator: they signed in by password, and can change it (`PUT /recado/v1/session/password`) */
	readonly byPassword?: boolean;
	readonly scopes?: readonly ("admin" | "accounts:manage" | "webhooks:manage" | "messages:send" | "messages:read" | "attendances:manage" | "personal-data:manage" | "simulator:act" | "partner" | "integrator")[];
	/** For the header `X-Recado-CSRF` of requests that change something */
	readonly csrf: string;
	/** At the latest */
	readonly expiresAt: string;
	/** The largest file that a message takes as a data URI, in bytes before Base64 */
	readonly fileBytesMax: {
		/** Of a picture, video, sound or sticker */
		readonly media: number;
		readonly document: number;
	};
};

export type SessionLink = {
	/** To be opened in a browser; the code is in its fragment, which no server sees */
	readonly url: string;
	/** Signs in once. Shown once */
	readonly code: string;
	readonly expiresAt: string;
};

export type Settings = {
	/** Of the gateway */
	readonly version: string;
	/** Where others reach it */
	readonly publicUrl: string;
	readonly store: {
		/** The embedded one, or PostgreSQL */
		readonly engine: "sqlite" | "postgresql";
		/** The newest that this version knows */
		readonly schema: number;
		/** Of the embedded one */
		readonly directory?: string;
	};
	/** Gateway processes that share the store and are alive */
	readonly processes: number;
	/** In the order of the reference of options */
	readonly groups: readonly {
		readonly name: string;
		readonly title: string;
		readonly settings: readonly {
			/** The environment variable */
			readonly name: string;
			/** What is in force, as one writes it; missing where there is none, and of secrets always */
			readonly value?: string;
			readonly default?: string;
			readonly unit: string;
			/** Only whether it is set is told */
			readonly isSecret: boolean;
			/** By the environment, to whatever value */
			readonly isSet: boolean;
			/** What is in force is what would be if nothing were set */
			readonly isDefault: boolean;
			readonly description: string;
		}[];
	}[];
};

export type SignedIn = {
	/** A JWT. Shown once */
	readonly token: string;
	readonly operator: StaffMember;
};

export type StaffMember = {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly createdAt: string;
	readonly active: boolean;
	/** What they see at the desk: everything; their departments; what is theirs */
	readonly role: "admin" | "supervisor" | "agent";
	readonly email?: string;
	readonly login?: string;
	readonly departments: readonly {
		readonly id: string;
		readonly name: string;
	}[];
	/** How many they take at once; any number if missing */
	readonly attendancesMax?: number;
	/** Whether they are there */
	readonly state: "online" | "offline";
	readonly stateChangedAt: string;
};

export type Survey = {
	readonly active: boolean;
	readonly question: string;
	/** Ratings go from 1 to this */
	readonly ratingMax: number;
	readonly observationQuestion?: string;
	readonly thanks?: string;
	/** How long an answer is waited for */
	readonly windowMs: number;
};

export type SurveyAnswer = {
	readonly attendanceId: string;
	readonly attendanceNumber: number;
	readonly rating: number;
	readonly observation?: string;
	readonly answeredAt: string;
};

export type Template = {
	/** WhatsApp's id: digits */
	readonly facebookId: string;
	/** `app_…` */
	readonly appId: string;
	readonly name: string;
	readonly language: string;
	readonly category: string;
	/** Only an approved one can be sent */
	readonly status: "APPROVED" | "PENDING" | "REJECTED" | "PAUSED" | "DISABLED";
	/** As they were given */
	readonly components: readonly ({
		/** What part it is */
		readonly type: "HEADER" | "BODY" | "FOOTER" | "BUTTONS";
	})[];
	readonly createdAt: string;
	readonly updatedAt: string;
};

export type Ticket = {
	readonly attendance: Attendance;
	readonly chat: Chat;
	/** Oldest first; of a long one the newest */
	readonly transcript: readonly Message[];
	readonly transfers: readonly Transfer[];
	readonly answer?: SurveyAnswer;
};

export type Transfer = {
	/** `trf_…` */
	readonly id: string;
	readonly attendanceId: string;
	readonly at: string;
	/** The operator who did it; missing where it was the account itself */
	readonly by?: {
		readonly id: string;
		readonly name: string;
	};
	readonly from: {
		readonly department?: {
			readonly id: string;
			readonly name: string;
		};
		readonly operators: readonly {
			readonly id: string;
			readonly name: string;
		}[];
	};
	readonly to: {
		readonly department?: {
			readonly id: string;
			readonly name: string;
		};
		readonly operators: readonly {
			readonly id: string;
			readonly name: string;
		}[];
	};
	readonly reason?: string;
};

export type Ura = {
	readonly active: boolean;
	/** The default department is not offered */
	readonly ignoreDefault: boolean;
	readonly ignoreGroups: boolean;
	/** `{senderName}` is filled in */
	readonly welcomeMessage: string;
	/** Above the options */
	readonly departmentMessage: string;
	readonly options?: readonly ({
		/** As the customer reads it; also an answer */
		readonly label: string;
		readonly to: {
			/** Where it leads */
			readonly kind: "department" | "operator" | "menu";
			readonly departmentId?: string;
			readonly operatorId?: string;
			readonly message?: string;
			/** Of a menu: options like this one */
			readonly options?: readonly unknown[];
		};
	})[];
	readonly wrongAnswerMessage?: string;
	/** So many lead to the default department; 3 if missing */
	readonly wrongAnswersMax?: number;
	readonly routedMessage?: string;
};

export type Webhook = {
	/** `whk_…` */
	readonly id: string;
	readonly accountId: string;
	/** Missing: all instances of the account */
	readonly instanceId?: string;
	readonly applicationId?: string;
	/** Whose payloads it gets */
	readonly dialect: "recado" | "plugchat" | "z-api" | "instant-message";
	/** Registered through its dialect, or here */
	readonly origin: "dialect" | "management";
	readonly events: readonly ("message.sent" | "message.received" | "message.status" | "message.failed" | "instance.connected" | "instance.disconnected" | "chat.presence" | "attendance.started" | "attendance.transferred" | "attendance.finished" | "survey.answered" | "webhook.failing" | "webhook.recovered" | "webhook.disabled")[];
	/** The generation of its payloads, where the dialect has several */
	readonly form?: string;
	readonly url: string;
	/** Failing: its circuit is open. Ending: it is being deleted and delivers what it has left */
	readonly status: "active" | "failing" | "disabled" | "ending";
	/** Missing unless it is being deleted */
	readonly ending?: "drain";
	/** Which deliveries wait for each other */
	readonly order: "chat" | "webhook" | "none";
	readonly enabled: boolean;
	/** `gone`: the receiver answered 410; otherwise what the person wrote who did it */
	readonly disabledReason?: string;
	/** How its receiver does */
	readonly circuit: {
		/** Open: it is probed, everything else waits. Recovering: a probe got through, and what waited flows at a growing rate */
		readonly state: "closed" | "open" | "recovering";
		readonly failingSince?: string;
		readonly nextProbeAt?: string;
		readonly failuresInARow: number;
		/** Of the latest failure */
		readonly errorClass?: "dns" | "connect" | "tls" | "timeout" | "reset" | "status" | "too-large" | "refused-by-guard" | "interrupted";
		/** Attempts that may be in flight now */
		readonly concurrencyNow: number;
		/** Its receiver answered 429 */
		readonly pausedUntil?: string;
	};
	/** Its own headers; the values are secret */
	readonly headerNames: readonly string[];
	/** Who we are to the receiver; the credentials are secret */
	readonly authentication?: {
		/** Of the header `authorization` */
		readonly scheme: "basic" | "bearer";
	};
	readonly signatures: readonly ("v1" | "v1a")[];
	/** Older secrets sign beside it until then, latest first; missing where none does */
	readonly olderSecretsUntil?: readonly string[];
	/** `whpk_…`; checks `v1a` */
	readonly publicKey?: string;
	/** Delays between attempts; missing: the default */
	readonly scheduleMs?: readonly number[];
	/** Missing: the default */
	readonly patienceMs?: number;
	/** Missing: the default */
	readonly concurrency?: number;
	/** Missing: as fast as they go */
	readonly ratePerSecond?: number;
	readonly createdAt: string;
	readonly updatedAt: string;
};

export type WebhookPast = {
	/** Failing: its circuit opened. Recovered: it closed. Ending: it is being deleted. Kept: it is not being deleted any more */
	readonly kind: "created" | "failing" | "recovered" | "disabled" | "enabled" | "changed" | "secret-rotated" | "ending" | "kept";
	readonly at: string;
	/** Of the failure that opened the circuit */
	readonly errorClass?: "dns" | "connect" | "tls" | "timeout" | "reset" | "status" | "too-large" | "refused-by-guard" | "interrupted";
	/** What that means */
	readonly explanation?: {
		readonly en: string;
		readonly pt: string;
	};
	readonly failuresInARow?: number;
	/** When the circuit had opened that closed now */
	readonly failingSince?: string;
	/** Disabled: `gone`, or what the person wrote. Ending: `cancel` or `drain` */
	readonly reason?: string;
	/** What was changed */
	readonly settings?: readonly string[];
};

export type WebhookWithSecret = {
	/** `whk_…` */
	readonly id: string;
	readonly accountId: string;
	/** Missing: all instances of the account */
	readonly instanceId?: string;
	readonly applicationId?: string;
	/** Whose payloads it gets */
	readonly dialect: "recado" | "plugchat" | "z-api" | "instant-message";
	/** Registered through its dialect, or here */
	readonly origin: "dialect" | "management";
	readonly events: readonly ("message.sent" | "message.received" | "message.status" | "message.failed" | "instance.connected" | "instance.disconnected" | "chat.presence" | "attendance.started" | "attendance.transferred" | "attendance.finished" | "survey.answered" | "webhook.failing" | "webhook.recovered" | "webhook.disabled")[];
	/** The generation of its payloads, where the dialect has several */
	readonly form?: string;
	readonly url: string;
	/** Failing: its circuit is open. Ending: it is being deleted and delivers what it has left */
	readonly status: "active" | "failing" | "disabled" | "ending";
	/** Missing unless it is being deleted */
	readonly ending?: "drain";
	/** Which deliveries wait for each other */
	readonly order: "chat" | "webhook" | "none";
	readonly enabled: boolean;
	/** `gone`: the receiver answered 410; otherwise what the person wrote who did it */
	readonly disabledReason?: string;
	/** How its receiver does */
	readonly circuit: {
		/** Open: it is probed, everything else waits. Recovering: a probe got through, and what waited flows at a growing rate */
		readonly state: "closed" | "open" | "recovering";
		readonly failingSince?: string;
		readonly nextProbeAt?: string;
		readonly failuresInARow: number;
		/** Of the latest failure */
		readonly errorClass?: "dns" | "connect" | "tls" | "timeout" | "reset" | "status" | "too-large" | "refused-by-guard" | "interrupted";
		/** Attempts that may be in flight now */
		readonly concurrencyNow: number;
		/** Its receiver answered 429 */
		readonly pausedUntil?: string;
	};
	/** Its own headers; the values are secret */
	readonly headerNames: readonly string[];
	/** Who we are to the receiver; the credentials are secret */
	readonly authentication?: {
		/** Of the header `authorization` */
		readonly scheme: "basic" | "bearer";
	};
	readonly signatures: readonly ("v1" | "v1a")[];
	/** Older secrets sign beside it until then, latest first; missing where none does */
	readonly olderSecretsUntil?: readonly string[];
	/** `whpk_…`; checks `v1a` */
	readonly publicKey?: string;
	/** Delays between attempts; missing: the default */
	readonly scheduleMs?: readonly number[];
	/** Missing: the default */
	readonly patienceMs?: number;
	/** Missing: the default */
	readonly concurrency?: number;
	/** Missing: as fast as they go */
	readonly ratePerSecond?: number;
	readonly createdAt: string;
	readonly updatedAt: string;
	/** `whsec_…`, as Standard Webhooks has it; checks `v1`. Not shown again: a rotation makes another one */
	readonly secret: string;
};

export type Written = {
	/** The WhatsApp id of what was written */
	readonly messageId: string;
};

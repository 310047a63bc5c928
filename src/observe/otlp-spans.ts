/**
 * Spans by OpenTelemetry, sent to a collector as OTLP over HTTP. Loaded only where a collector is configured: its packages take a good part of a
 * second to load. Spans are sent in batches beside everything else; what a slow collector does not take in time is dropped.
 */
import { type Link, ROOT_CONTEXT, type Span, type SpanContext, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
	BatchSpanProcessor,
	ParentBasedSampler,
	type ReadableSpan,
	type Sampler,
	SamplingDecision,
	TraceIdRatioBasedSampler,
	TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { OutboundResult } from '../ports/sender.ts';
import type { AttemptBegun, AttemptSpan } from '../ports/tracing.ts';
import { formatTraceparent, type TraceContext } from './trace-context.ts';
import type { RequestBegun, RequestTrace, Spans } from './traces.ts';

export interface OtlpOptions {
	/** Of the collector, without the path: `/v1/traces` is added. */
	readonly url: string;
	/** Which part of the traces that begin here are recorded, 0 to 1; for others the caller has decided. */
	readonly sampleRatio: number;
	readonly version: string;
	readonly now: () => number;
	/** Told once when spans begin to be lost, not again until some were taken. */
	readonly onLost: (error: unknown) => void;
}

/**
 * An attempt that is made so long after its delivery begins a trace of its own, with a link to the one it comes from: collectors decide about a
 * trace as a whole, and have done so with one that was quiet for so long.
 */
const LATE_MS = 5 * 60_000;
/** At the end of the process, too: a collector that is away does not hold up a stop for longer. */
const EXPORT_TIMEOUT_MS = 3_000;
const QUEUE_MAX = 8_192;

export function createOtlpSpans(options: OtlpOptions): Spans {
	const provider = new TracerProvider({
		resource: resourceFromAttributes({ 'service.name': 'recado', 'service.version': options.version }),
		sampler: new ParentBasedSampler({ root: new RootSampler(options.sampleRatio) }),
		spanProcessors: [
			new BatchSpanProcessor({
				exporter: new TellingExporter(options),
				maxQueueSize: QUEUE_MAX,
				scheduledDelayMillis: 1_000,
				exportTimeoutMillis: EXPORT_TIMEOUT_MS,
			}),
		],
	});
	const tracer = provider.getTracer('recado', options.version);
	return {
		request(begun: RequestBegun, parent: TraceContext | undefined): RequestTrace {
			const attributes = { 'http.request.method': begun.method, 'http.route': begun.route };
			const span = tracer.startSpan(`${begun.method} ${begun.route}`, { kind: SpanKind.SERVER, attributes }, contextOf(parent));
			return {
				...handleOf(span),
				end(status: number): void {
					span.setAttribute('http.response.status_code', status);
					if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(status));
					span.end();
				},
			};
		},

		attempt(begun: AttemptBegun, origin: TraceContext | undefined): AttemptSpan {
			const { delivery } = begun;
			const isLate = delivery.isReplay || options.now() - delivery.createdAt > LATE_MS;
			const links: Link[] = isLate && origin ? [{ context: spanContextOf(origin) }] : [];
			const span = tracer.startSpan(
				`deliver ${delivery.eventType}`,
				{ kind: SpanKind.CLIENT, links },
				contextOf(isLate ? undefined : origin),
			);
			if (span.isRecording()) span.setAttributes(attributesOf(begun));
			return { ...handleOf(span), end: (result) => endAttempt(span, result) };
		},

		async [Symbol.asyncDispose](): Promise<void> {
			// Sends what is left. What could not be sent was told by the exporter.
			await provider.shutdown().catch(() => {});
		},
	};
}

function attributesOf({ delivery, number, url }: AttemptBegun): Record<string, string | number | boolean> {
	const { hostname, port } = new URL(url);
	return {
		'http.request.method': 'POST',
		'server.address': hostname,
		'server.port': port === '' ? 443 : Number(port),
		'recado.delivery.id': delivery.id,
		'recado.webhook.id': delivery.webhookId,
		'recado.event.type': delivery.eventType,
		'recado.attempt.number': number,
		'recado.attempt.is_replay': delivery.isReplay,
	};
}

function endAttempt(span: Span, result: OutboundResult): void {
	const isDelivered = result.kind === 'answered' && result.status >= 200 && result.status < 300;
	if (result.kind === 'answered') span.setAttribute('http.response.status_code', result.status);
	if (!isDelivered) {
		span.setAttribute('error.type', result.kind === 'answered' ? String(result.status) : result.errorClass);
		span.setStatus({ code: SpanStatusCode.ERROR, ...(result.kind === 'failed' ? { message: result.message } : {}) });
	}
	span.end();
}

function handleOf(span: Span): { readonly traceId: string; readonly traceparent: string } {
	const { traceId, spanId, traceFlags } = span.spanContext();
	return { traceId, traceparent: formatTraceparent({ traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 }) };
}

function contextOf(parent: TraceContext | undefined): typeof ROOT_CONTEXT {
	return parent ? trace.setSpanContext(ROOT_CONTEXT, spanContextOf(parent)) : ROOT_CONTEXT;
}

function spanContextOf({ traceId, spanId, isSampled }: TraceContext): SpanContext {
	return { traceId, spanId, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

/** A late attempt is recorded where the trace that it comes from is; other beginnings by the ratio. */
class RootSampler implements Sampler {
	readonly #byRatio: TraceIdRatioBasedSampler;

	constructor(ratio: number) {
		this.#byRatio = new TraceIdRatioBasedSampler(ratio);
	}

	shouldSample(...asked: Parameters<Sampler['shouldSample']>): ReturnType<Sampler['shouldSample']> {
		const [context, traceId, , , , links] = asked;
		const [origin] = links;
		if (!origin) return this.#byRatio.shouldSample(context, traceId);
		const isSampled = (origin.context.traceFlags & TraceFlags.SAMPLED) !== 0;
		return { decision: isSampled ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
	}

	toString(): string {
		return `Root(${this.#byRatio.toString()})`;
	}
}

/** OpenTelemetry's, which keeps a failure to itself. */
class TellingExporter extends OTLPTraceExporter {
	readonly #onLost: (error: unknown) => void;
	#isLosing = false;

	constructor({ url, onLost }: Pick<OtlpOptions, 'url' | 'onLost'>) {
		super({ url: `${url}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS });
		this.#onLost = onLost;
	}

	override export(spans: ReadableSpan[], onResult: Parameters<OTLPTraceExporter['export']>[1]): void {
		super.export(spans, (result) => {
			const isLost = result.error !== undefined;
			if (isLost && !this.#isLosing) this.#onLost(result.error);
			this.#isLosing = isLost;
			onResult(result);
		});
	}
}

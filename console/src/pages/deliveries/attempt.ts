import type { DeliveryDetail } from '../../api/views.ts';

/** One HTTP request that was made for a delivery. */
export type Attempt = DeliveryDetail['attempts'][number];

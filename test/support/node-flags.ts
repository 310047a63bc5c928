/** How a gateway is started: what `npm start` gives Node.js before the program. */
import packageJson from '../../package.json' with { type: 'json' };

export const GATEWAY_NODE_FLAGS: readonly string[] = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** Where the gateway's own API is, on the same origin as the console. */
export const API = '/recado/v1';

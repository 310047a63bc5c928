/** The doctor's checks of the configuration and of the certificates that it names. */
import type { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { configurationFaults } from '../config/configuration-faults.ts';
import { certificatesIn } from '../config/network-readers.ts';
import { OPTIONS } from '../config/options.ts';
import { readConfig } from '../config/read-config.ts';
import type { Check, Finding } from './doctor-finding.ts';

const DAY_MS = 86_400_000;
/** Time enough to have an authority renewed by people. */
const EXPIRY_WARNING_DAYS = 30;

export const checkConfiguration: Check = async (environment) => {
	try {
		readConfig(environment);
		const count = Object.keys(environment).filter((name) => name.startsWith('RECADO_')).length;
		return [{ state: 'ok', about: 'configuration', detail: `${count} variables set, no fault` }];
	} catch (error) {
		const faults = configurationFaults(error);
		if (!faults) throw error;
		return faults.map((detail) => ({
			state: 'fail',
			about: 'configuration',
			detail,
			advice: 'docs/reference/configuration.md describes every variable',
		}));
	}
};

export const checkCertificates: Check = async (environment) => {
	const path = environment[OPTIONS.net.ca.env];
	if (!path) return [{ state: 'ok', about: 'TLS', detail: "webhooks are trusted by the system's certificate authorities" }];
	const certificates = certificatesIn(await readFile(path, 'utf8').catch(() => ''));
	// A file that cannot be read or is no PEM is a fault of the configuration and told there.
	return (certificates ?? []).map((certificate) => judge(certificate));
};

function judge(certificate: X509Certificate): Finding {
	const name = certificate.subject.replaceAll('\n', ', ');
	const days = Math.floor((Date.parse(certificate.validTo) - Date.now()) / DAY_MS);
	const advice = `put a renewed certificate into the file of ${OPTIONS.net.ca.env}`;
	if (days < 0) return { state: 'fail', about: 'TLS', detail: `the authority ${name} expired on ${certificate.validTo}`, advice };
	if (Date.parse(certificate.validFrom) > Date.now()) {
		return {
			state: 'fail',
			about: 'TLS',
			detail: `the authority ${name} is not valid before ${certificate.validFrom}`,
			advice: 'check the clock',
		};
	}
	if (days <= EXPIRY_WARNING_DAYS) return { state: 'warn', about: 'TLS', detail: `the authority ${name} expires in ${days} days`, advice };
	return { state: 'ok', about: 'TLS', detail: `the authority ${name} is trusted too, until ${certificate.validTo}` };
}

// A server of Bluesky accounts (PDS) and the directory of DIDs (PLC), both the real ones, on
// loopback, for tests.
//
//	node pds.mjs MODULES DIRECTORY
//
// MODULES holds node_modules; all data lies in DIRECTORY.  Once both answer, the two lines
// "plc http://localhost:PORT" and "pds http://localhost:PORT" are in DIRECTORY/ready.  Ends
// when its standard input does.
import { createRequire } from 'node:module'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import net from 'node:net'

const [modules, directory] = process.argv.slice(2)
const require = createRequire(`${modules}/package.json`)

// Both would listen on every interface.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
	return typeof port === 'number'
		? listen.call(this, port, '127.0.0.1', ...rest)
		: listen.call(this, port, ...rest)
}

// A port that was free a moment ago: the PDS has to know its own before it begins.
function freePort() {
	return new Promise((resolve, reject) => {
		const server = net.createServer()
		server.on('error', reject)
		server.listen(0, () => {
			const { port } = server.address()
			server.close(() => resolve(port))
		})
	})
}

async function startDirectory() {
	const { PlcServer, Database } = require('@did-plc/server')
	const port = await freePort()
	await PlcServer.create({ db: Database.mock(), port }).start()
	return `http://localhost:${port}`
}

async function startAccounts(plc) {
	const { PDS, envToCfg, envToSecrets } = require('@atproto/pds')
	const port = await freePort()
	for (const part of ['data', 'blobs'])
		mkdirSync(`${directory}/${part}`, { recursive: true })
	// What a server of somebody's has in its environment; the secrets keep nothing secret.
	const env = {
		port,
		hostname: 'localhost',
		devMode: true,
		didPlcUrl: plc,
		dataDirectory: `${directory}/data`,
		blobstoreDiskLocation: `${directory}/blobs`,
		jwtSecret: '0123456789abcdef'.repeat(2),
		adminPassword: 'admin',
		plcRotationKeyK256PrivateKeyHex: '01'.repeat(32),
		serviceHandleDomains: ['.test'],
		inviteRequired: false,
		disableSsrfProtection: true,
		rateLimitsEnabled: true,
		trustedOAuthClients: [],
		handleBackupNameservers: [],
		rateLimitBypassIps: [],
		crawlers: [],
	}
	await (await PDS.create(envToCfg(env), envToSecrets(env))).start()
	return `http://localhost:${port}`
}

const plc = await startDirectory()
const pds = await startAccounts(plc)
writeFileSync(`${directory}/ready.new`, `plc ${plc}\npds ${pds}\n`)
renameSync(`${directory}/ready.new`, `${directory}/ready`)
process.stdin.on('end', () => process.exit(0)).resume()

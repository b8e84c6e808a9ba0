// From a host and a port to a connection: the look-up of the name, then the connection itself.

import { lookup } from 'node:dns'
import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import { type Detour, type Place, showPlace } from './connect-to.js'
import { type Deadline, within } from './deadline.js'
import type { Journal } from './journal.js'
import { codeOf, StepFault } from './step-fault.js'

interface Address {
  readonly address: string
  readonly family: number
}

/** What dialling needs. */
export interface Dialling {
  readonly journal: Journal
  readonly detour: Detour
  readonly deadline: Deadline
}

/** What is dialled, and what messages call it. */
export interface Target {
  readonly place: Place
  /** Such as `the proxy proxy.corp:3128`. */
  readonly name: string
  /** Whether its look-up and connection have been told of. */
  readonly isKnown: boolean
}

/** A connection to the place, or to where `--connect` leads instead. */
export async function dial(
  target: Target,
  { journal, detour, deadline }: Dialling,
): Promise<Socket> {
  const { name, isKnown } = target
  const place = detour(target.place)
  const isDetour = place !== target.place
  const addresses = await journal.step('look-up', place.host, isKnown, async () => {
    const found = await lookUp(place.host, deadline)
    const shown = found.map(({ address }) => address).join(', ')
    const by = isDetour ? `${name}: --connect leads to ${showPlace(place)}` : ''
    if (isIP(place.host) !== 0) return [found, { message: by || `${name} is an address` }]
    return [found, { message: by ? `${by}, which is ${shown}` : `${place.host} is ${shown}` }]
  })
  return journal.step('connection', name, isKnown, async () => {
    const socket = await connectTo(place, addresses, name, deadline)
    const { remoteAddress = place.host } = socket
    const message = `${name} answers at ${showPlace({ host: remoteAddress, port: place.port })}`
    return [socket, { message }]
  })
}

/** The addresses of a host, as the system knows them: its files count, too. */
export async function lookUp(
  host: string,
  deadline: Deadline,
  resolver: typeof lookupAll = lookupAll,
): Promise<readonly Address[]> {
  const family = isIP(host)
  if (family !== 0) return [{ address: host, family }]
  const late = new StepFault(
    'CHECK_LOOKUP_TIMEOUT',
    `no answer about ${host} in ${deadline.text}`,
    {
      help: "check this machine's name servers, or dial an address by --connect",
    },
  )
  return within(deadline, late, (resolve, reject) => {
    resolver(host, (error, addresses) => {
      if (error) reject(unknownName(host, String(error.code)))
      else resolve(addresses)
    })
    return () => undefined
  })
}

function lookupAll(
  host: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly Address[]) => void,
): void {
  lookup(host, { all: true }, done)
}

function unknownName(host: string, code: string): StepFault {
  const message =
    code === 'ENOTFOUND'
      ? `${host} is a name that this machine's name servers don't know (${code})`
      : `this machine's name servers give no address for ${host} (${code})`
  return new StepFault(code, message, {
    help: `check the spelling, and whether the name is known only elsewhere; --connect ${host}=ADDRESS dials an address instead`,
  })
}

function connectTo(
  place: Place,
  addresses: readonly Address[],
  name: string,
  deadline: Deadline,
): Promise<Socket> {
  const found = addresses.map(({ address, family }) => ({ address, family }))
  const known = ((_host, _options, done) => {
    done(null, found)
  }) as LookupFunction
  const late = new StepFault('ETIMEDOUT', `${name} doesn't answer within ${deadline.text}`, {
    help: 'a firewall may drop what is sent to this port; check address, port and route, or whether a proxy has to be named in extra-env',
  })
  return within(deadline, late, (resolve, reject) => {
    const socket = connect({
      host: place.host,
      port: place.port,
      lookup: known,
      autoSelectFamily: true,
      // Node gives up on an address after 250 ms where others are left, which some networks need.
      autoSelectFamilyAttemptTimeout: Math.max(
        250,
        Math.floor(deadline.milliseconds / (found.length + 1)),
      ),
    })
    socket.once('connect', () => resolve(socket))
    // It stays: an error of a connection that is given up is no fault of the program.
    socket.on('error', (error) => reject(notConnected(name, error)))
    return () => socket.destroy()
  })
}

function notConnected(name: string, error: Error): StepFault {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') {
    return new StepFault(code, `${name} refuses the connection: nothing listens there (${code})`, {
      help: 'check that the server runs, and its port',
    })
  }
  return new StepFault(code, `${name} can't be reached (${code})`, {
    help: 'check address, port and route, or whether a proxy has to be named in extra-env',
  })
}

// `diff`: what another configuration changes about images.

import { createResolver, type ImagePullerConfig, type Resolver } from 'imagepuller-auth'
import { compareConfigs, type ImageChanges } from 'imagepuller-auth/audit'
import { explain } from 'imagepuller-auth/explain'
import type { PullerFinding } from 'imagepuller-auth/puller'
import { type Command, defineCommand } from '../command.js'
import type { OptionValues } from '../description.js'
import { Failure, Misuse } from '../failure.js'
import {
  CONFIGURATION_OPTIONS,
  failsOn,
  IMAGE_OPTIONS,
  type ListedImage,
  type LoadedConfiguration,
  loadConfiguration,
  PULLER_OPTIONS,
  placeOf,
  readImages,
  readVersion,
} from '../input/index.js'
import type { Io } from '../io.js'
import { type PullerNews, pullerNews } from '../puller-news.js'
import { complainOfDocument } from '../puller-view.js'
import {
  type ChangedImage,
  changesData,
  describeChanges,
  jsonOf,
  renderFinding,
} from '../render/index.js'
import { resolveImage } from '../resolve-image.js'

const OPTIONS = {
  json: {
    type: 'boolean',
    help: "Print the changes as JSON, with what is new about Contrast's puller.",
  },
  ...IMAGE_OPTIONS,
  ...PULLER_OPTIONS,
  ...CONFIGURATION_OPTIONS,
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    choices: ['error', 'warning', 'info'],
    help: "Exit 1 on warning (the default) where something got looser, or a warning about Contrast's puller is new; on info where anything changes; on error for errors of the configurations alone.",
  },
} as const

export const diff: Command = defineCommand({
  name: 'diff',
  summary: 'Print what another configuration changes about images.',
  operands: 'OLD NEW [IMAGE...]',
  about: [
    "Prints which images the configuration NEW treats otherwise than OLD, and for each aspect that changes (rule, trust, credentials, schemes, endpoint, proxy) whether it got looser (more is trusted, sent or asked), tighter or different, and from what to what. Where Contrast's puller treats a changed image otherwise than NEW says, or another image in a new way, that is listed on standard error; whether images have digests is for audit to say.",
    'OLD and NEW are TOML, or the manifest of the Secret around it in YAML or JSON. Images are operands, or come from lists and manifests. One of the files may be "-" for standard input. No secret is shown.',
  ],
  options: OPTIONS,
  examples: [
    {
      line: 'imagepuller-auth diff old.toml new.toml --images images.txt',
      about: 'Exits 1 if something got looser for one of the images.',
    },
    {
      line: 'git show HEAD:c.toml | imagepuller-auth diff - c.toml --manifests k8s.yaml',
      about: 'Shows what an edit means for all images of a deployment.',
    },
  ],
  statuses: {
    0: 'Nothing got looser (see --fail-on).',
    1: "Something got looser; a warning about Contrast's puller is new; a configuration has errors; an image or a manifest can not be read.",
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [before, after, ...rest] }, io) {
    if (before === undefined || after === undefined) {
      throw new Misuse('expected OLD and NEW, and an IMAGE')
    }
    const version = readVersion(options)
    const [old, young] = [
      await loadUsable(before, options, io),
      await loadUsable(after, options, io),
    ]
    const { images, unread } = await readImages(rest, options, io)
    const resolvers = [createResolver(old.config), createResolver(young.config)] as const
    const texts = readable(images, resolvers[0], io)
    const changed = compareConfigs(...resolvers, texts).map((one): ChangedImage => {
      const decide = (resolver: Resolver) => explain(resolver, one.image)
      return { ...one, before: decide(resolvers[0]), after: decide(resolvers[1]) }
    })
    const news = pullerNews(old.document, young.document, texts, version)
    const told = { changed, fresh: freshIn(news, texts), unread }
    complainOfPuller(news, young, { texts, changed }, io)
    print(told, options.json, io)
    const isRead = unread.length === 0 && texts.length === images.length
    const hasErrors = old.hasErrors || young.hasErrors || !isRead
    return hasErrors || FAILS[options['fail-on'] ?? 'warning'](told) ? 1 : 0
  },
})

const isLooser = ({ changes }: ImageChanges) => changes.some(({ change }) => change === 'looser')

const FAILS: Readonly<Record<'error' | 'warning' | 'info', (told: Told) => boolean>> = {
  error: () => false,
  warning: ({ changed, fresh }) => changed.some(isLooser) || failsOn(findingsOf(fresh), 'warning'),
  info: ({ changed, fresh }) => changed.length > 0 || findingsOf(fresh).length > 0,
}

/** What there is to tell. */
interface Told {
  readonly changed: readonly ChangedImage[]
  readonly fresh: Fresh
  /** What of the manifests had to be left out. */
  readonly unread: readonly string[]
}

/** What is new about Contrast's puller. */
interface Fresh {
  readonly document: readonly PullerFinding[]
  /** By image, sorted, where there is something new. */
  readonly images: ReadonlyMap<string, readonly PullerFinding[]>
}

function freshIn(news: PullerNews, texts: readonly string[]): Fresh {
  const images = [...new Set(texts)].sort().map((image) => [image, news.newOf(image)] as const)
  return {
    document: news.newOfDocument,
    images: new Map(images.filter(([, findings]) => findings.length > 0)),
  }
}

function findingsOf({ document, images }: Fresh): readonly PullerFinding[] {
  return [...document, ...[...images.values()].flat()]
}

interface Usable extends LoadedConfiguration {
  readonly config: ImagePullerConfig
  /** Whether the manifest around it isn't as the node installer takes it. */
  readonly hasErrors: boolean
}

/** What is no error is for `lint` to say. */
async function loadUsable(
  file: string,
  options: OptionValues<typeof OPTIONS>,
  io: Io,
): Promise<Usable> {
  const loaded = await loadConfiguration(file, options, io)
  const { config, findings } = loaded
  const errors = findings.filter(({ finding }) => failsOn([finding], 'error'))
  const lines = errors.map((located) => {
    return renderFinding(placeOf(located), located.finding, io.errorLook)
  })
  if (config === undefined) throw new Failure(lines.join('\n'))
  for (const line of lines) io.complain(line)
  return { ...loaded, config, hasErrors: errors.length > 0 }
}

/** The images that are references; what is none is said. */
function readable(images: readonly ListedImage[], resolver: Resolver, io: Io): string[] {
  return images.flatMap((image) => (resolveImage(resolver, image, io) ? [image.text] : []))
}

interface Images {
  /** All that could be read. */
  readonly texts: readonly string[]
  readonly changed: readonly ImageChanges[]
}

/**
 * Says what Contrast's puller does otherwise than NEW says: of an image that changes all of it, and of
 * the others what is new, since one document may mean the same as the other here and not in the puller
 * (`ca-certs = ""`).
 */
function complainOfPuller(
  news: PullerNews,
  young: Usable,
  { texts, changed }: Images,
  io: Io,
): void {
  complainOfDocument(news.document, young, io)
  const changing = new Set(changed.map(({ image }) => image))
  for (const image of [...new Set(texts)].sort()) {
    for (const finding of changing.has(image) ? news.of(image) : news.newOf(image)) {
      // For audit to say: no configuration gives an image its digest.
      if (finding.code === 'puller-unpinned') continue
      io.complain(renderFinding(`"${image}"`, finding, io.errorLook))
    }
  }
}

function print(told: Told, json: boolean, io: Io): void {
  const { changed, fresh } = told
  if (json) io.print(jsonOf(dataOf(told)))
  else if (changed.length > 0) {
    io.print(changed.map((one) => describeChanges(one, io.look)).join('\n\n'))
  } else io.print(findingsOf(fresh).length === 0 ? 'nothing changes' : PULLER_ALONE)
}

/** As data: of each image what changes, and what is new about Contrast's puller. */
function dataOf({ changed, fresh, unread }: Told): unknown {
  const changes = new Map(changed.map((one) => [one.image, changesData(one)] as const))
  const images = [...new Set([...changes.keys(), ...fresh.images.keys()])].sort()
  return {
    findings: fresh.document,
    images: images.map((image) => ({
      image,
      ...(changes.get(image) ?? { changes: [] }),
      findings: fresh.images.get(image) ?? [],
    })),
    unread,
  }
}

const PULLER_ALONE = "nothing changes, save for what Contrast's puller does: see standard error"

// `credentials`: in which file Contrast's command line, Docker and Podman find credentials for an image.

import { ImageReferenceError, parseImageReference, type ImageReference } from 'imagepuller-auth'
import {
  type DockerConfigPath,
  dockerConfigPaths,
  explainDockerCredentials,
} from 'imagepuller-auth/docker-config'
import { defineCommand } from '../command.js'
import { Failure, Misuse } from '../failure.js'
import { readDockerFile } from '../input/index.js'
import type { Io } from '../io.js'
import {
  describeFiles,
  fileData,
  jsonOf,
  renderFinding,
  type SearchedFile,
  withoutSecrets,
} from '../render/index.js'

export const credentials = defineCommand({
  name: 'credentials',
  summary: 'Print in which file programs find credentials for an image.',
  operands: 'IMAGE',
  about: [
    "Prints each file in which Contrast's command line or Podman looks for credentials, what they find there for the image's registry, which entries nearly match, and which file each uses in the end, or at which it fails. No helper is asked, and no secret is shown.",
    'The files follow from the environment: DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME and HOME.',
  ],
  options: { json: { type: 'boolean', help: 'Print the files and what is found there as JSON.' } },
  examples: [
    {
      line: 'imagepuller-auth credentials ghcr.io/acme/app',
      about: 'Says which credentials are used for this image.',
    },
  ],
  statuses: {
    0: 'The files were read.',
    1: 'A file or an entry that a program reads is broken; the image can not be read.',
    2: 'Wrong usage.',
  },
  async run({ options, operands: [text, ...others] }, io) {
    if (text === undefined || others.length > 0) throw new Misuse('expected one IMAGE')
    const image = readImage(text, io)
    const files: SearchedFile[] = []
    for (const file of dockerConfigPaths(io.env, io.platform, io.uid)) {
      files.push(await search(file, image, io))
    }
    io.print(options.json ? jsonOf(fileData(files)) : describeFiles(files, io.look))
    return files.some(({ outcomes }) => [...outcomes.values()].includes('fails')) ? 1 : 0
  },
})

function readImage(text: string, io: Io): ImageReference {
  try {
    return parseImageReference(text)
  } catch (error) {
    if (!(error instanceof ImageReferenceError)) throw error
    const { message, issue } = error
    const found = { severity: 'error', code: issue.code, message } as const
    throw new Failure(renderFinding(`"${withoutSecrets(text)}"`, found, io.errorLook))
  }
}

/** What each program that reads the file finds there. */
async function search(file: DockerConfigPath, image: ImageReference, io: Io): Promise<SearchedFile> {
  const { path, programs, format } = file
  const nothing = { file, explanation: undefined, outcomes: new Map() }
  if (!io.isFile(path)) return { ...nothing, kind: 'absent' }
  try {
    const config = await readDockerFile(path, format, io)
    const explanations = explainDockerCredentials(config, image.registry)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    io.complain(error.message)
    const outcomes = new Map(programs.map((program) => [program, 'fails' as const]))
    return { ...nothing, kind: 'unreadable', outcomes }
  }
}

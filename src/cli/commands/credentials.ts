// `credentials`: in which file Contrast's command line, Docker and Podman find credentials for an image.

import { type ImageReference, parseImageReference } from 'imagepuller-auth'
import {
  type DockerConfig,
  type DockerConfigPath,
  type DockerProgram,
  dockerConfigPaths,
  explainDockerCredentials,
} from 'imagepuller-auth/docker-config'
import { type Command, defineCommand } from '../command.js'
import { expectedError, Failure, Misuse } from '../failure.js'
import { PULLER_OPTIONS, readDockerFile, readVersion } from '../input/index.js'
import type { Io } from '../io.js'
import {
  describeFiles,
  type FileAnswer,
  fileData,
  jsonOf,
  type Outcome,
  PROGRAMS,
  type SearchedFile,
} from '../render/index.js'
import { aboutImage } from '../resolve-image.js'

export const credentials: Command = defineCommand({
  name: 'credentials',
  summary: 'Print in which file programs find credentials for an image.',
  operands: 'IMAGE',
  about: [
    "Prints each file in which Contrast's command line, Docker or Podman looks for credentials, what they find there for the image's registry, which entries nearly match, and which file each uses in the end, or at which it fails. No helper is asked, and no secret is shown.",
    'The files follow from the environment: DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME and HOME.',
  ],
  options: {
    json: { type: 'boolean', help: 'Print the files and what is found there as JSON.' },
    puller: {
      ...PULLER_OPTIONS.puller,
      help: 'Changes nothing, since no release of the puller reads these files; every command takes it.',
    },
  },
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
    // These files are for the command line of Contrast: no release of its puller reads them.
    readVersion(options)
    const image = aboutImage(text, parseImageReference, io)
    const files: SearchedFile[] = []
    for (const file of dockerConfigPaths(io.env, io.platform, io.uid)) {
      // DOCKER_CONFIG is a folder to each of the programs. Only where it is a file was that overlooked.
      if (file.programs.length === 0 && !io.isFile(file.path)) continue
      files.push(await search(file, image, io))
    }
    io.print(options.json ? jsonOf(fileData(files)) : describeFiles(files, io.look))
    const isFaulty = ({ kind, outcomes }: SearchedFile) =>
      kind === 'unreadable' || [...outcomes.values()].includes('fails')
    return files.some(isFaulty) ? 1 : 0
  },
})

/** What each program finds in the file. */
async function search(
  file: DockerConfigPath,
  image: ImageReference,
  io: Io,
): Promise<SearchedFile> {
  const { path, programs, format } = file
  if (!io.isFile(path)) return { file, kind: 'absent', answers: [], outcomes: new Map() }
  try {
    const answers = answersOf(await readDockerFile(path, format, io), image)
    const outcomes = new Map<DockerProgram, Outcome>()
    for (const { program, answer } of answers) {
      if (answer.kind === 'none' || !programs.includes(program)) continue
      outcomes.set(program, answer.kind === 'error' ? 'fails' : 'finds')
    }
    return { file, kind: 'read', answers, outcomes }
  } catch (error) {
    io.complain(expectedError(error, Failure).message)
    const outcomes = new Map(programs.map((program) => [program, 'fails'] as const))
    return { file, kind: 'unreadable', answers: [], outcomes }
  }
}

function answersOf(config: DockerConfig, { registry, repository }: ImageReference): FileAnswer[] {
  // Contrast and Docker ask for the registry, Podman for the repository, by Docker Hub's short name.
  const name = `${registry === 'index.docker.io' ? 'docker.io' : registry}/${repository}`
  const asked = { contrast: registry, docker: registry, podman: name }
  return PROGRAMS.map((program) => {
    const explanation = explainDockerCredentials(config, asked[program])
    const nearMisses = explanation.nearMisses.filter((miss) => miss.program === program)
    return { program, answer: explanation[program], nearMisses }
  })
}

// The programs whose reading of credentials files is followed.

/** The programs whose look-up is followed. */
export type DockerProgram = 'contrast' | 'podman' | 'docker'

/** Every program. */
export const PROGRAMS: readonly DockerProgram[] = Object.freeze(['contrast', 'podman', 'docker'])

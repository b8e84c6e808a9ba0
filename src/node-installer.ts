// What Contrast's node installer mounts into the guest: the Secret and the file in it. Kubernetes limits
// its size, and so the size of a configuration.

/** The Secret that Contrast's node installer mounts. */
export const SECRET_NAME = 'contrast-node-installer-imagepuller-config'

/** The namespace of the node installer. */
export const SECRET_NAMESPACE = 'kube-system'

/** The file of the Secret that the node installer takes. */
export const SECRET_FILE = 'contrast-imagepuller.toml'

/** What Kubernetes takes as a Secret's size, in bytes. */
export const SECRET_MAX_BYTES: number = 1024 * 1024

// Where something stands in a document: the keys that lead there from its root.
export type Path = readonly string[]

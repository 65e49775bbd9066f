/** Where a record is: in the pack of this number, or in a row of its own. */
export type Place = {
  readonly recordType: string;
  readonly parent: string;
  readonly pack: number;
  /** Two people's values stand side by side in it and differ: a person has to settle them. */
  readonly isDisputed: boolean;
};

export const OWN_ROW = 0;

/**
 * Every record of the working copy by id, type and parent, in memory: about 200 bytes each. Lists are answered from here, so
 * the database needs no index of its own, and one day holds nothing readable.
 */
export type RecordIndex = {
  size(): number;
  all(): ReadonlySet<string>;
  place(recordId: string): Place | undefined;
  put(recordId: string, place: Place): void;
  /** Ids in ascending order; all of the type when no parent is given. */
  ids(recordType: string, parent?: string): readonly string[];
  /** Records in which a person has values to settle, in ascending order. */
  disputed(): readonly string[];
  /** How many records of this pack have not moved elsewhere. */
  live(pack: number): number;
  /** Packs with at least one record, OWN_ROW aside. */
  livePacks(): readonly number[];
};

export function recordIndex(): RecordIndex {
  const places = new Map<string, Place>();
  const families = new Map<string, Map<string, Set<string>>>();
  const live = new Map<number, number>();
  const disputed = new Set<string>();

  const leave = (recordId: string, { recordType, parent, pack }: Place): void => {
    const family = families.get(recordType);
    const members = family?.get(parent);
    members?.delete(recordId);
    if (members?.size === 0) family?.delete(parent);
    const left = (live.get(pack) ?? 0) - 1;
    if (left > 0) live.set(pack, left);
    else live.delete(pack);
  };

  return {
    size: () => places.size,
    all: () => new Set(places.keys()),
    place: (recordId) => places.get(recordId),
    put(recordId, place) {
      const before = places.get(recordId);
      if (before) leave(recordId, before);
      places.set(recordId, place);
      if (place.isDisputed) disputed.add(recordId);
      else disputed.delete(recordId);
      const family = families.get(place.recordType) ?? new Map<string, Set<string>>();
      families.set(place.recordType, family);
      const members = family.get(place.parent) ?? new Set<string>();
      family.set(place.parent, members.add(recordId));
      live.set(place.pack, (live.get(place.pack) ?? 0) + 1);
    },
    ids(recordType, parent) {
      const family = families.get(recordType);
      if (!family) return [];
      const groups = parent === undefined ? [...family.values()] : [family.get(parent) ?? new Set<string>()];
      return groups.flatMap((group) => [...group]).sort();
    },
    disputed: () => [...disputed].sort(),
    live: (pack) => live.get(pack) ?? 0,
    livePacks: () => [...live.keys()].filter((pack) => pack !== OWN_ROW),
  };
}

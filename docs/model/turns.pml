/*
 * One person, one store with its vault, one platform that delivers again until it is answered, and two processes that
 * may be killed or stopped at any moment. What is one atomic write in the code (a script, a transaction) is one step here.
 *
 * Assumed: a lease runs out only while its holder is dead or stopped, since a living one renews it and each send has an
 * end; a process looks at its own clock in the same breath in which it hands over the bytes; and a platform answers
 * within the patience of a wipe; whoever finds nobody and takes long looks again. What is not in it: voices, the desk, peppers, pace, deletions in the chat.
 *
 * spin tries every order of steps for every choice of what she writes (tests/chaos/model.test.ts). Each WITHOUT_... takes
 * one guard out, and spin then has to find what goes wrong. ONLY: the number of the one promise that is looked at.
 *
 *  1 what is acknowledged is committed                    6 after a wipe's line there is no record of hers and no key
 *  2 a line is sent again only across a kill or a stop    7 an erasing takes nothing that began after it
 *  3 lines leave in the order of their commits            8 in the end everything is taken and shown, or taken back
 *  4 after exit's line nothing of before is sent          9 nor after the line of who left or erased unknown; where
 *  5 after a wipe's line nothing of before is sent          it was the second of two, nothing of hers is kept
 *                                                        10 once she has left, only the line in hand leaves
 */
#ifndef EVENTS
#define EVENTS 2
#endif
#ifndef KILLS
#define KILLS 1
#endif
#ifndef STOPS
#define STOPS 1
#endif
#ifndef REPEATS
#define REPEATS 1
#endif
#ifdef ONLY
#define promise(n, holds) assert(n != ONLY || (holds))
#else
#define promise(n, holds) assert(holds)
#endif
#define KEYS 4
#define NONE 0
#define NOBODY 2
#define BARRED 3

mtype = { text, exit, wipe }
/* A turn: */
mtype = { idle, given, removes, unknown, departs, loaded, bars, destroys, erases, says, answers }
/* A courier: */
mtype = { away, holds, sent }
/* What became of a lease, as the fence tells its holder: */
mtype = { lost, left, held }

/* What she writes, and how far it got. `committed`: its turn is on the disk, or her wipe is done. */
mtype kind[EVENTS + 1]
bool came[EVENTS + 1], acknowledged[EVENTS + 1], committed[EVENTS + 1]

/* The record, NONE without a key; whether she has left; and the vault, with the event by which she departed: those before it are older. */
byte key, departed
bool isErased, begun[EVENTS + 1]
bool covered, seen[EVENTS + 1], living[KEYS + 1], used[KEYS + 1]
/* The outbox: events whose answers wait. `place`: in which order they were committed. */
byte box[EVENTS + 2], waiting, commits, place[EVENTS + 1], under[EVENTS + 1]
bool harmless[EVENTS + 1], dropped[EVENTS + 1], isPast[EVENTS + 1]
/* The lease on it: of a courier, of a wipe (BARRED, by `barredBy`), or NOBODY's when its holder is dead. */
bool leased
byte leaseOf = NOBODY, barredBy = NOBODY

/* What she saw. `mayRepeat`: its sender was killed, or stopped past its lease, before it could settle. */
bool shown[EVENTS + 1], mayRepeat[EVENTS + 1], hasLeft[KEYS + 1], wiped[KEYS + 1]
byte last, gone

/*
 * The two processes, each with one turn of hers and one delivery. A revision or a fence is a number that only grows: here
 * each process has a mark that says what the store would answer to the number that it holds.
 */
mtype turn[2] = idle, courier[2] = away, fence[2] = lost
byte event[2], sawKey[2], made[2], upTo[2], hand[2]
/* `upTo`: the last place that was claimed. `hasTime`: of its lease, by its own clock. */
bool isNewest[2], hasTime[2], isChecked[2], stopped[2]
byte kills, stops, repeats

#ifdef WITHOUT_FENCE
#define standing(p) held
#else
#define standing(p) fence[p]
#endif
#ifdef WITHOUT_LEASE
#define isFree true
#else
#define isFree (!leased)
#endif
#ifdef WITHOUT_CLOCK
#define inTime(p) true
#else
#define inTime(p) hasTime[p]
#endif
#ifdef WITHOUT_WAIT
#define isBusy false
#else
#define isBusy (leased && leaseOf != BARRED)
#endif
#if defined WITHOUT_BAR || defined WITHOUT_SECOND_BAR
#define hasBar(p) true
#else
#define hasBar(p) (key != sawKey[p] || leased && leaseOf == BARRED && barredBy == p)
#endif
#ifdef WITHOUT_REVISION
#define isCurrent(p) true
#else
#define isCurrent(p) isNewest[p]
#endif
#ifdef WITHOUT_DEPARTURE
#define isFromBefore(e) false
#else
#define isFromBefore(e) (e < departed || e == departed && isErased)
#endif
#ifdef WITHOUT_SEEN
#define isSeen(e) false
#else
#define isSeen(e) (key != NONE && seen[e])
#endif

inline push(e) {
  if :: under[e] != key -> shown[e] = false; mayRepeat[e] = false :: else fi;
  box[waiting] = e; waiting++; commits++; place[e] = commits; under[e] = key; harmless[e] = covered; dropped[e] = false; isPast[e] = false
}
inline shift() {
  waiting--; box[0] = box[1]; box[1] = box[2];
#if EVENTS > 2
  box[2] = box[3];
#endif
  box[EVENTS] = 0
}
inline drop() {
  do
  :: waiting > 0 -> waiting--; dropped[box[waiting]] = true; box[waiting] = 0
  :: else -> break
  od
}
inline changed() { isNewest[0] = false; isNewest[1] = false }
inline depart(k, erased) { if :: k > departed -> departed = k; isErased = erased :: k == departed && erased -> isErased = true :: else fi }
inline sayLine(k) { if :: k > gone -> gone = k :: else fi }
inline release() { leased = false; leaseOf = NOBODY; barredBy = NOBODY }
/* Another fence: whoever held the one before has lost it. */
inline anew() { fence[0] = lost; fence[1] = lost; release() }
/*
 * She leaves: what waits is dropped. A delivery under way goes on holding its lease, and nothing of it goes on but the line
 * in its hand.
 */
inline leave() {
  n = 0;
  do
  :: n < waiting ->
      isPast[box[n]] = !(leaseOf < NOBODY && courier[leaseOf] == holds && hand[leaseOf] == box[n]); n++
  :: else -> break
  od;
#ifndef WITHOUT_CANCEL
  drop();
#endif
  if
  :: isBusy ->
      if :: fence[0] == held -> fence[0] = left :: else fi;
      if :: fence[1] == held -> fence[1] = left :: else fi
  :: !isBusy && !(leased && leaseOf == BARRED) -> anew()
  :: else
  fi
}
inline bar(p) {
  leave(); n = 0; anew();
#ifndef WITHOUT_BAR
  leased = true; leaseOf = BARRED; barredBy = p
#endif
}
inline erase(k) {
  if
#ifdef WITHOUT_KEY_IN_ERASE
  :: key != NONE -> promise(7, key == k);
#else
  :: key == k && key != NONE ->
#endif
    drop(); anew(); changed(); key = NONE; covered = false; seen[1] = false; seen[2] = false; seen[EVENTS] = false
  :: else
  fi
}
inline putDown(p) { courier[p] = away; isChecked[p] = false; fence[p] = lost; hasTime[p] = false; upTo[p] = 0; hand[p] = 0 }
inline nextLine(p) {
  e = 0; n = 1;
  do
  :: n <= EVENTS ->
      if
      :: place[n] > place[hand[p]] && place[n] <= upTo[p] && (e == 0 || place[n] < place[e]) -> e = n
      :: else
      fi;
      n++
  :: else -> break
  od;
  hand[p] = e
}
inline giveBack(p) { if :: standing(p) != lost -> release() :: else fi; putDown(p) }
inline forget(p) { sawKey[p] = 0; isNewest[p] = false; made[p] = 0 }
inline unmake(p) { living[made[p]] = false; forget(p) }
inline freshKey(p) {
  made[p] = 1;
  do
  :: living[made[p]] || used[made[p]] -> made[p]++
  :: else -> break
  od;
  assert(made[p] <= KEYS);
  living[made[p]] = true
}

/* The platform gives an event: the first time, again since it had no answer, or again by mistake. */
#define give(e) \
  d_step { turn[p] == idle && !stopped[p] && came[e - 1] && (!acknowledged[e] && event[1 - p] != e || repeats < REPEATS) -> \
    if :: acknowledged[e] || event[1 - p] == e -> repeats++ :: else fi; \
    came[e] = true; event[p] = e; turn[p] = given }

proctype Turn(bit p) {
  byte n;
end: do
  :: give(1)
  :: give(2)
#if EVENTS > 2
  :: give(3)
#endif
  :: d_step { turn[p] == given && !stopped[p] ->
#ifdef WITHOUT_COMMIT_FIRST
      acknowledged[event[p]] = true;
      promise(1, committed[event[p]]);
#endif
      isNewest[p] = true;
      if
      /* A row whose key is gone is nobody's. */
      :: key != NONE && !living[key] -> sawKey[p] = key; turn[p] = removes
      /* From before she departed, or that by which she did, once more: nothing begins. */
      :: (key == NONE || living[key]) && isFromBefore(event[p]) ->
          committed[event[p]] = true; dropped[event[p]] = true; forget(p); turn[p] = answers
      :: key != NONE && living[key] && !isFromBefore(event[p]) -> sawKey[p] = key; turn[p] = loaded
      /* Leaving and erasing make no record where there is none: one harmless line. */
      :: key == NONE && !isFromBefore(event[p]) && kind[event[p]] != text -> forget(p); turn[p] = unknown
      :: key == NONE && !isFromBefore(event[p]) && kind[event[p]] == text -> freshKey(p); turn[p] = loaded
      fi }
  :: d_step { turn[p] == unknown && !stopped[p] -> depart(event[p], false); turn[p] = departs }
  /* What she wrote before may have begun a record meanwhile: then that is left, or erased. */
  :: d_step { turn[p] == departs && !stopped[p] ->
      if
#ifndef WITHOUT_SECOND_LOOK
      :: key != NONE -> isNewest[p] = true; sawKey[p] = key; turn[p] = loaded
      :: else ->
#else
      :: true ->
#endif
          committed[event[p]] = true; sayLine(event[p]); turn[p] = answers
      fi }
  :: d_step { turn[p] == removes && !stopped[p] -> erase(sawKey[p]); forget(p); turn[p] = given }

  :: d_step { turn[p] == loaded && !stopped[p] && kind[event[p]] != wipe ->
      if
      :: isSeen(event[p]) -> unmake(p); turn[p] = answers
      :: !isSeen(event[p]) && !isCurrent(p) -> unmake(p); turn[p] = given
      :: else ->
          if :: sawKey[p] == NONE -> key = made[p]; used[key] = true; begun[event[p]] = true :: else -> key = sawKey[p]; begun[event[p]] = false fi;
          promise(6, !wiped[key]);
          changed(); seen[event[p]] = true; committed[event[p]] = true;
          if :: kind[event[p]] == exit -> covered = true; leave(); n = 0 :: else fi;
          push(event[p]); made[p] = 0; forget(p); turn[p] = answers
      fi }

  /* Nothing leaves any more; the key goes, and that is the point of no return; the rows; and only then a line. */
  :: d_step { turn[p] == loaded && !stopped[p] && kind[event[p]] == wipe -> turn[p] = bars }
  :: d_step { turn[p] == bars && !stopped[p] && key == NONE -> turn[p] = destroys }
  :: d_step { turn[p] == bars && !stopped[p] && key != NONE && isBusy && (fence[0] == held || fence[1] == held) -> leave(); n = 0 }
  :: d_step { turn[p] == bars && !stopped[p] && key != NONE && !isBusy -> bar(p); turn[p] = destroys }
#ifdef WITHOUT_KEY_FIRST
  :: d_step { turn[p] == destroys && !stopped[p] -> turn[p] = says }
#else
  :: d_step { turn[p] == destroys && !stopped[p] -> living[sawKey[p]] = false; depart(event[p], true); turn[p] = erases }
  :: d_step { turn[p] == erases && !stopped[p] && hasBar(p) -> erase(sawKey[p]); turn[p] = says }
  /* The wipe was stopped for longer than its bar lasts, and deliveries have begun. */
  :: d_step { turn[p] == erases && !stopped[p] && !hasBar(p) && isBusy && (fence[0] == held || fence[1] == held) -> leave(); n = 0 }
  :: d_step { turn[p] == erases && !stopped[p] && !hasBar(p) && !isBusy -> bar(p) }
#endif
  :: d_step { turn[p] == says && !stopped[p] ->
      promise(6, !living[sawKey[p]] && key != sawKey[p]);
      /* What another wipe of hers has left behind, and she has begun since, is a life of its own. */
      if :: key == NONE -> sayLine(event[p]) :: else fi;
      wiped[sawKey[p]] = true; committed[event[p]] = true; forget(p); turn[p] = answers }

  :: d_step { turn[p] == answers && !stopped[p] ->
      promise(1, committed[event[p]]);
      acknowledged[event[p]] = true; event[p] = 0; turn[p] = idle }
  od
}

proctype Courier(bit p) {
  byte e, n;
end: do
  /* A commit that takes the lease at once is this step right after it. */
  :: d_step { courier[p] == away && !stopped[p] && waiting > 0 && isFree ->
      if
      :: !living[key] -> erase(key)
      :: else ->
          anew(); leased = true; leaseOf = p; fence[p] = held; hasTime[p] = true;
          upTo[p] = commits; hand[p] = box[0]; courier[p] = holds
      fi }
  /* What began a record: whether she has departed since. */
  :: d_step { courier[p] == holds && !stopped[p] && inTime(p) && begun[hand[p]] && !isChecked[p] ->
      if
      :: !isFromBefore(hand[p]) -> isChecked[p] = true
      :: else ->
          n = 1;
          do
          :: n <= EVENTS && (n == hand[p] || under[n] != key) -> n++
          :: else -> break
          od;
          if
          :: standing(p) == lost -> skip
          :: standing(p) != lost && n > EVENTS -> living[key] = false; erase(key)
          :: else -> if :: box[0] == hand[p] -> dropped[hand[p]] = true; shift() :: else fi; release()
          fi;
          n = 0; putDown(p)
      fi }
  :: d_step { courier[p] == holds && !stopped[p] && inTime(p) && (!begun[hand[p]] || isChecked[p]) ->
      promise(9, hand[p] >= gone || harmless[hand[p]]);
      promise(2, !shown[hand[p]] || mayRepeat[hand[p]]);
      promise(3, place[hand[p]] > last || (place[hand[p]] == last && mayRepeat[hand[p]]));
      promise(4, !hasLeft[under[hand[p]]] || harmless[hand[p]]);
      promise(5, !wiped[under[hand[p]]]);
      promise(10, !isPast[hand[p]]);
      last = place[hand[p]]; shown[hand[p]] = true; isChecked[p] = false;
      if :: kind[hand[p]] == exit -> hasLeft[under[hand[p]]] = true :: else fi;
      courier[p] = sent }
  /* Its lease is over by its own clock: the store is asked, and it goes on only where nobody else has. */
  :: d_step { courier[p] == holds && !stopped[p] && !inTime(p) ->
      if
      :: standing(p) == held && !leased -> leased = true; leaseOf = p; hasTime[p] = true
      :: else -> giveBack(p)
      fi }
  /* Each settling says whether the next send may begin. */
  :: d_step { courier[p] == sent && !stopped[p] ->
      if
      :: standing(p) == held ->
          if :: box[0] == hand[p] -> shift() :: else fi;
          nextLine(p); e = 0; n = 0;
          if :: hand[p] == 0 -> release(); putDown(p) :: else -> courier[p] = holds fi
      :: else -> giveBack(p)
      fi }
  od
}

/* A lease ends when whoever holds it is dead or stopped. */
#ifdef WITHOUT_END
#define isDead false
#else
#define isDead (leased && (leaseOf == NOBODY || leaseOf == BARRED && (barredBy == NOBODY || stopped[barredBy])))
#endif
#define runOut(p) \
  d_step { stopped[p] && hasTime[p] -> hasTime[p] = false; \
    if :: courier[p] == sent -> mayRepeat[hand[p]] = true :: else fi; \
    if :: leased && leaseOf == p -> release() :: else fi }
proctype Time() {
end: do
  :: d_step { isDead -> release() }
  :: runOut(0)
  :: runOut(1)
  od
}

/* Which of the two has the first trouble makes no difference. */
#define mayHit(p) (p == 0 || kills + stops > 0)
#define kill(p) \
  d_step { kills < KILLS && mayHit(p) -> kills++; \
    if :: courier[p] == sent -> mayRepeat[hand[p]] = true :: else fi; \
    if :: leaseOf == p -> leaseOf = NOBODY :: else fi; \
    if :: barredBy == p -> barredBy = NOBODY :: else fi; \
    forget(p); event[p] = 0; turn[p] = idle; putDown(p); stopped[p] = false }
#define stop(p) d_step { stops < STOPS && mayHit(p) && !stopped[p] -> stops++; stopped[p] = true }
proctype Trouble() {
end: do
  :: kill(0)
  :: kill(1)
  :: stop(0)
  :: stop(1)
  od
}
proctype Resume() {
end: do
  :: stopped[0] -> stopped[0] = false
  :: stopped[1] -> stopped[1] = false
  od
}

#define isOver(e) (acknowledged[e] && committed[e] && (kind[e] != text || shown[e] || dropped[e]))
init {
  byte e;
  came[0] = true;
  atomic {
    for (e : 1 .. EVENTS) { if :: kind[e] = text :: kind[e] = exit :: kind[e] = wipe fi }
    run Turn(0); run Turn(1); run Courier(0); run Courier(1); run Time(); run Trouble(); run Resume()
  }
  /* Nothing can happen any more: then everything was taken, and what was not taken back was shown. */
  timeout -> promise(8, isOver(1) && isOver(2) && isOver(EVENTS) && waiting == 0);
  promise(9, EVENTS > 2 || kind[2] != wipe || key == NONE || kills > 0)
}

#define isGone(k) (!wiped[k] || !living[k] && key != k)
ltl acknowledgedIsCommitted { [] ((!acknowledged[1] || committed[1]) && (!acknowledged[2] || committed[2]) && (!acknowledged[EVENTS] || committed[EVENTS])) }
ltl wipedStaysWiped { [] (isGone(1) && isGone(2) && isGone(3) && isGone(4)) }
ltl everythingIsAnswered { <> [] (isOver(1) && isOver(2) && isOver(EVENTS) && waiting == 0) }

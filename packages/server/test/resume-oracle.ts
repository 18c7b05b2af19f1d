/** Where a reader stands: after so many events of a log of some epoch. */
export type Place = { epoch: number; seq: number };

/** What a log is to its readers: a list that grows at one end, is cut at the other, and starts a new epoch when restored. */
export class ResumeOracle {
  epoch = 0;
  /** What each event ever appended to the present log carries; the first is number 1. */
  events: number[] = [];
  /** How many of them are gone. */
  gone = 0;
  #backup: { events: number[]; gone: number } | null = null;

  append(numbers: readonly number[]): void {
    this.events.push(...numbers);
  }

  keepLast(count: number): void {
    this.gone = Math.max(this.gone, this.events.length - count);
  }

  backUp(): void {
    this.#backup = { events: [...this.events], gone: this.gone };
  }

  get hasBackup(): boolean {
    return this.#backup !== null;
  }

  restore(): void {
    this.events = [...this.#backup!.events];
    this.gone = this.#backup!.gone;
    this.epoch += 1;
  }

  end(): Place {
    return { epoch: this.epoch, seq: this.events.length };
  }

  /** What is said to a reader that comes back: that it can go on, or why not. */
  verdict({ epoch, seq }: Place): 'resumes' | 'cursor-invalid' | 'cursor-expired' {
    if (epoch !== this.epoch) return 'cursor-invalid';
    return seq < this.gone ? 'cursor-expired' : 'resumes';
  }

  /** What follows on a place. */
  after({ seq }: Place): number[] {
    return this.events.slice(seq);
  }
}

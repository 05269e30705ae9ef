import type { Redis } from "ioredis";
import { InvalidParameterError } from "../../../core/errors";

const PARAMETER = "--redis";
/** In place of the flag: what stands on a command line, others on the machine can read. */
const VARIABLE = "TWOTIME_REDIS";
const CONNECT_MS = 10_000;
const RETRY_MS = { first: 100, most: 2_000 };

/** The address of a Redis or Valkey server as a user may see it: without name and password. */
export function addressOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/**
 * The URL of the flag or, where it is left out, of the environment variable TWOTIME_REDIS.
 * @throws InvalidParameterError "--redis"; the message has no password
 */
export function redisUrl(flag: string | undefined): string {
  const url = flag ?? process.env[VARIABLE];
  const allowed = `redis://[user:password@]host[:port][/number], rediss:// for TLS, or ${VARIABLE} with it`;
  if (url === undefined) throw new InvalidParameterError(PARAMETER, undefined, allowed);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isRedis = parsed?.protocol === "redis:" || parsed?.protocol === "rediss:";
  if (
    !parsed?.hostname ||
    !isRedis ||
    !/^(\/\d{0,4})?$/.test(parsed.pathname) ||
    parsed.search ||
    parsed.hash
  ) {
    throw new InvalidParameterError(PARAMETER, "of another form", allowed);
  }
  return url;
}

/** What queues are made of. @throws InvalidParameterError where the optional packages are not installed */
export async function loadQueue() {
  try {
    const [bullmq, ioredis] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { ...bullmq, Redis: ioredis.Redis };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    const allowed = "an engine whose packages are installed: npm install bullmq ioredis";
    throw new InvalidParameterError("--engine", "bullmq", allowed);
  }
}

/**
 * Connects to a server. Once it has answered, it may be away for any time: what is asked of it meanwhile waits.
 * @param onChange told when it is away, and when it is back
 * @throws Error where it does not answer within ten seconds
 */
export async function connect(
  url: string,
  onChange?: (isThere: boolean) => void,
  within = CONNECT_MS,
): Promise<Redis> {
  const { Redis } = await loadQueue();
  const redis = new Redis(url, {
    // BullMQ's workers ask for it: no command is ever given up.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(RETRY_MS.first * 2 ** Math.min(attempt, 10), RETRY_MS.most),
  });
  let reason = "no answer";
  redis.on("error", (error: Error) => {
    reason = error.message || reason;
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      redis.disconnect();
      reject(new Error(`the queue at ${addressOf(url)} cannot be reached: ${reason}`));
    }, within);
    redis.once("ready", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  redis.on("close", () => onChange?.(false));
  redis.on("ready", () => onChange?.(true));
  return redis;
}

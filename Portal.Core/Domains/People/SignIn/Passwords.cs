using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>Passwords are hashed and compared here and nowhere else, a few at a time.</summary>
public sealed class Passwords(UserManager<PortalUser> users)
{
    // Hashing takes a core for tens of milliseconds: half of them stay free for everyone else.
    private static readonly SemaphoreSlim Hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    // At tens of milliseconds each, whoever comes after these would wait longer than anyone looks at a form. Guesses by the hundred are not kept either.
    private const int MostWaiting = 40;
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(5);
    private static int waiting;

    private static readonly PortalUser NoOne = new() { FullName = "", Role = Role.Client, CreatedAt = DateTime.UnixEpoch };
    private static readonly string NoOnesHash = new PasswordHasher<PortalUser>().HashPassword(NoOne, Tokens.New());

    /// <summary>For whoever is about to ask more before a password is compared: when too many wait already, nothing else needs to be looked up.</summary>
    public static void RefuseCrowd()
    {
        if (Volatile.Read(ref waiting) >= MostWaiting)
            throw new TooOften(ComeBackAfter, "Many people are signing in right now. Please try again in a few seconds.");
    }

    public Task<string> HashAsync(string password, CancellationToken ct) => GatedAsync(() => Task.FromResult(users.PasswordHasher.HashPassword(NoOne, password)), ct);

    /// <summary>Takes as long for nobody, and for someone without a password, as for anyone.</summary>
    public Task<bool> MatchesAsync(PortalUser? user, string password, CancellationToken ct) => GatedAsync(
        () => user?.PasswordHash is null
            ? Task.FromResult(users.PasswordHasher.VerifyHashedPassword(NoOne, NoOnesHash, password) is PasswordVerificationResult.Success && user is not null)
            : users.CheckPasswordAsync(user, password),
        ct);

    /// <summary>For someone who is known and in already; a hash of an older kind stays as it is.</summary>
    public Task<bool> IsOfAsync(PortalUser user, string password, CancellationToken ct) => GatedAsync(
        () => Task.FromResult(users.PasswordHasher.VerifyHashedPassword(user, user.PasswordHash ?? NoOnesHash, password) is not PasswordVerificationResult.Failed && user.PasswordHash is not null), ct);

    private static async Task<T> GatedAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await TakeTurnAsync(ct);
        try
        {
            // On a thread of its own: the pool has as many as there are cores, and the others' requests wait for one.
            return await Task.Factory.StartNew(work, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }
        finally
        {
            Hashing.Release();
        }
    }

    private static async Task TakeTurnAsync(CancellationToken ct)
    {
        RefuseCrowd();
        Interlocked.Increment(ref waiting);
        try
        {
            await Hashing.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}

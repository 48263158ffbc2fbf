using System.Collections.Concurrent;

namespace Portal.Core.Domains.Integrations;

/// <summary>A word that opens an account for a while.</summary>
internal sealed record BearerToken(string Word, TimeSpan Lasts)
{
    public override string ToString() => $"{Lasts}";
}

/// <summary>
/// Words that were fetched with an account's own keys, kept until shortly before they end. Each host fetches its own; who asks while one
/// is being fetched waits for it.
/// </summary>
internal sealed class BearerTokens(TimeProvider time)
{
    private const int Most = 500;
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Kept> kept = new();

    public async Task<string> GetAsync(ProviderAccount account, Func<CancellationToken, Task<BearerToken>> fetch, CancellationToken ct)
    {
        var shelf = Shelf(account);
        if (shelf.Fresh(time) is { } known)
            return known;
        await shelf.Turn.WaitAsync(ct);
        try
        {
            if (shelf.Fresh(time) is { } meanwhile)
                return meanwhile;
            var token = await fetch(ct);
            shelf.Put(token.Word, time.GetUtcNow().UtcDateTime + token.Lasts - Margin);
            return token.Word;
        }
        finally
        {
            shelf.Turn.Release();
        }
    }

    /// <summary>It was refused before its time: the next one who asks fetches another.</summary>
    public void Forget(ProviderAccount account, string word) => Shelf(account).Drop(word);

    private Kept Shelf(ProviderAccount account)
    {
        if (kept.Count > Most)
            kept.Clear();
        return kept.GetOrAdd(ProviderHttp.NameOf(account), _ => new());
    }

    private sealed class Kept
    {
        private (string Word, DateTime Until)? token;

        public SemaphoreSlim Turn { get; } = new(1);

        public string? Fresh(TimeProvider time)
        {
            lock (Turn)
                return token is { } t && t.Until > time.GetUtcNow().UtcDateTime ? t.Word : null;
        }

        public void Put(string word, DateTime until)
        {
            lock (Turn)
                token = (word, until);
        }

        public void Drop(string word)
        {
            lock (Turn)
                token = token is { } t && t.Word == word ? null : token;
        }
    }
}

namespace Portal.Core.Domains.Integrations;

/// <summary>How configurations stand: written down when it changes, and the admins hear of each change once.</summary>
internal static class ApiConfigHealth
{
    private const int LongestWords = 300;

    /// <summary>Of what is not used nobody is told: whoever tries it sees it.</summary>
    /// <param name="db">Saves it with the event.</param>
    /// <param name="config">In it.</param>
    /// <param name="answer">Null where nobody could be asked: the calendar still tells.</param>
    /// <param name="now">When.</param>
    public static void Found(PortalDb db, ApiConfiguration config, ProbeAnswer? answer, DateTime now)
    {
        var before = config.Status;
        if (!config.Found(answer?.Works, answer?.Words, answer?.ExpiresAt, now) || !config.IsActive)
            return;
        DomainEvent? happened = config.Status switch
        {
            ApiConfigStatus.Broken => new ApiConfigBroke(config.Id, config.Provider, config.Name, config.StatusWords ?? ""),
            ApiConfigStatus.Expiring => new ApiConfigExpiring(config.Id, config.Provider, config.Name, config.ExpiresAt!.Value),
            _ => before is ApiConfigStatus.Untested ? null : new ApiConfigRecovered(config.Id, config.Provider, config.Name),
        };
        if (happened is not null)
            db.Record(happened);
    }

    /// <summary>What a provider says may repeat what it was sent.</summary>
    public static string Words(string said, ProviderAccount account)
    {
        foreach (var secret in account.Secrets.Where(s => s.Length >= 4))
            said = said.Replace(secret, "…", StringComparison.OrdinalIgnoreCase);
        var words = string.Concat(said.ReplaceLineEndings(" ").Where(c => !char.IsControl(c)));
        return words.Length > LongestWords ? words[..LongestWords] : words;
    }
}

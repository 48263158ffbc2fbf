namespace Portal.Core.Domains.Integrations;

/// <summary>What WhatsApp and Instagram have in common: Meta's Graph, its versions and its way to say no.</summary>
internal static class MetaGraph
{
    /// <summary>Meta keeps a version for two years; the setting api_version is another.</summary>
    private const string OurVersion = "v23.0";

    public static string Path(ProviderAccount account, string path) => $"{Uri.EscapeDataString(account.Settings["api_version"] ?? OurVersion)}/{path}";

    /// <summary>Something of the account that it has to have for this.</summary>
    public static string Need(ProviderAccount account, string setting) => account.Settings[setting] is { } id ? Uri.EscapeDataString(id)
        : throw new RuleBroken(ProviderNames.NotConfigured, $"{ProviderNames.Of(account.Provider)} has no {setting} yet: an admin can enter it under Settings, Integrations.");

    public static ProviderFault? Read(ProviderReply reply)
    {
        if (reply.Tree()?["error"] is not { } error || error.Text("code") is not { } code)
            return null;
        var words = error.Text("error_data", "details") ?? error.Text("error_user_msg") ?? error.Text("message");
        return code switch
        {
            // Keys, rights, and what Meta has against the account.
            "0" or "3" or "10" or "190" or "368" or "131005" or "131031" or "131042" or "131045" or "133010" or ['2', _, _] => new(code, words, RefusalOf.Account),

            // Not on WhatsApp, not allowed to be written to, or does not want to be.
            "131021" or "131026" or "131030" or "131050" or "130497" => new(code, words, RefusalOf.Recipient),

            // Too much, or their own trouble.
            "1" or "2" or "4" or "17" or "32" or "613" or "80007" or "130429" or "131000" or "131016" or "131048" or "131049" or "131056" or "131057" or "133004" => new(code, words, RefusalOf.Request, IsForGood: false),

            // Of this one alone, 131008 among them: something that it needs is missing.
            _ => new(code, words, RefusalOf.Request),
        };
    }
}

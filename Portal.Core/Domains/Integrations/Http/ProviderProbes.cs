namespace Portal.Core.Domains.Integrations;

/// <summary>How a client tries an account: it asks something harmless, and a refusal is the answer.</summary>
internal static class ProviderProbes
{
    public static async Task<ProbeAnswer> AskAsync(Func<Task<ProbeAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ProviderRefused e)
        {
            return new(false, e.Said);
        }
    }
}

namespace Portal.Core.Domains.Integrations;

/// <summary>How one request fares over all its attempts.</summary>
/// <param name="isUnclear">Whether it may have been done in spite of this answer.</param>
internal sealed class ProviderCourse(Func<ProviderReply, bool> isUnclear)
{
    private bool isUnderWay;

    /// <summary>One of them may have done what was asked.</summary>
    public bool MayHaveArrived { get; private set; }

    /// <summary>Nothing of it can be with the provider: none has set out, or each is known to have done nothing.</summary>
    public bool NothingLeft => !isUnderWay && !MayHaveArrived;

    public async Task<ProviderReply> GoAsync(Func<Task<ProviderReply>> attempt)
    {
        isUnderWay = true;
        try
        {
            var reply = await attempt();
            MayHaveArrived |= isUnclear(reply);
            isUnderWay = false;
            return reply;
        }
        catch (ProviderUnavailable e)
        {
            MayHaveArrived |= e.MayHaveArrived;
            isUnderWay = false;
            throw;
        }
    }
}

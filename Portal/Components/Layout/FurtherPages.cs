using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Layout;

/// <summary>Pages that the palette leads to and the navigation does not name, by role.</summary>
internal static class FurtherPages
{
    /// <param name="me">Who looks.</param>
    /// <param name="own">Where their pages begin.</param>
    /// <param name="hasSimulators">Whether there are stand-ins for providers.</param>
    /// <param name="hasMailbox">Whether mail becomes files here.</param>
    public static IEnumerable<NavItem> Of(Actor me, string own, bool hasSimulators, bool hasMailbox) => me.Role switch
    {
        Role.Admin => [Security(own), new(T("palette.agency"), own + "/settings/agency", "building"), .. me.May(Can.ManageIntegrations) ? Outside(own, hasSimulators, hasMailbox) : []],
        Role.Client when me.May(Can.SeeOrganisation) => [Security(own), new(T("palette.organisation"), own + "/settings/organisation", "building"), new(T("palette.team"), own + "/settings/team", "team")],
        Role.Agent or Role.Client => [Security(own)],
        _ => [],
    };

    private static NavItem Security(string own) => new(T("palette.security"), own + "/settings/security", "shield");

    /// <summary>Where the portal meets providers; of the stand-ins those that there are.</summary>
    private static IEnumerable<NavItem> Outside(string own, bool hasSimulators, bool hasMailbox)
    {
        yield return new(T("integrations.title"), own + "/settings/integrations", "plug");
        yield return new(T("webhooks.title"), own + "/settings/webhooks", "webhook");
        if (hasSimulators)
            yield return new(T("simulators.title"), own + "/settings/simulators", "cpu");
        if (hasMailbox)
            yield return new(T("mailbox.title"), "/mailbox", "mail");
    }
}

using Portal.Components.Ui;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Layout;

/// <summary>How a service is called and what it looks like in the shell; none is all of them.</summary>
public static class ServiceLooks
{
    public static string Accent(Service? service) => service is { } one ? Statuses.Of(one) : "admin";

    public static string Icon(Service? service) => service switch
    {
        Service.Marketing => "megaphone",
        Service.Website => "globe",
        Service.Courses => "cap",
        _ => "layers",
    };

    public static string Name(Service? service) => T("service." + (service is { } one ? Statuses.Of(one) : "all"));

    /// <summary>The one that the address names, if it is among those there are.</summary>
    public static Service? Chosen(IReadOnlyList<Service> services, string? name) =>
        services.Count == 1 ? services[0] : services.Cast<Service?>().FirstOrDefault(s => Accent(s) == name);
}

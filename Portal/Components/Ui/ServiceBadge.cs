using Microsoft.AspNetCore.Components;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Ui;

/// <summary>A service, or an agent's department, by its doorway in its own two hues and its name.</summary>
public static class ServiceBadge
{
    /// <summary>The departments that agents work in.</summary>
    public static IReadOnlyList<Option> Departments => [.. new[] { Service.Marketing, Service.Website }.Select(s => new Option(Statuses.Of(s), Name(s)))];

    public static string Icon(Service service) => service switch
    {
        Service.Marketing => "megaphone",
        Service.Website => "globe",
        _ => "cap",
    };

    public static string Name(Service? service) => service is { } one ? T("service." + Statuses.Of(one)) : T("service.all");

    public static MarkupString Of(Service? service) => service is { } one
        ? new($"""<span class="service-badge" data-service="{Statuses.Of(one)}"><span class="service-mark">{Show.Icon(Icon(one))}</span>{Show.Html(Name(one))}</span>""")
        : new(Show.Html(Name(null)));
}

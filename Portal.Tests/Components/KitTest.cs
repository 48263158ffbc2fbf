using System.Globalization;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Portal.Components.Ui;

namespace Portal.Tests.Components;

/// <summary>A page with the kit's services, in British English.</summary>
public abstract class KitTest : BunitContext
{
    protected KitTest()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<ToastService>();
        State = AddBunitPersistentComponentState();
        SetRendererInfo(new("Server", isInteractive: true));
    }

    protected BunitPersistentComponentState State { get; }
}

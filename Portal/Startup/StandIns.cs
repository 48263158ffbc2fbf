using System.Net;
using System.Threading.RateLimiting;
using Portal.Core.Domains.Integrations;
using Portal.Simulators;

namespace Portal.Startup;

/// <summary>Whether there are stand-ins for providers, and what they are made of. Where there are none, none of it is there.</summary>
internal static class StandIns
{
    private const int PerMinute = 60_000;

    public static bool AreSimulatorsOn(this WebApplicationBuilder builder) => builder.Configuration.GetValue<bool?>("Portal:Simulators") ?? builder.Environment.IsDevelopment();

    /// <summary>What real clients send goes to a stand-in in Development alone.</summary>
    public static SimulatorSwitch Simulators(this WebApplicationBuilder builder) => new(builder.AreSimulatorsOn(), StandsInForLive: builder.Environment.IsDevelopment());

    public static void AddSimulators(this WebApplicationBuilder builder)
    {
        if (!builder.AreSimulatorsOn())
            return;
        builder.Services.AddSingleton<Simulator, SendgridSimulator>().AddSingleton<Simulator, ResendSimulator>().AddSingleton<Simulator, TwilioSimulator>()
            .AddSingleton<Simulator, WhatsappSimulator>().AddSingleton<Simulator, StripeSimulator>().AddSingleton<Simulator, PaypalSimulator>()
            .AddSingleton<SimulatorActs>()
            .AddSingleton<PartitionedRateLimiter<HttpContext>>(_ => PartitionedRateLimiter.Create<HttpContext, IPAddress>(http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress ?? IPAddress.None, _ => new() { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) })));
    }

    public static void MapSimulators(this WebApplication app) => SimulatorDoor.Map(app);
}

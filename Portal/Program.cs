using Portal.Api;
using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions;
using Portal.Jobs;
using Portal.Startup;
using Portal.Webhooks;

// Settings are read from the build output: that is where the repository's appsettings.Development.json is linked to.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = Server.Flags(args), ContentRootPath = AppContext.BaseDirectory });
builder.AddServer();
builder.AddLogs();

// ground floor, first floor, second floor
builder.Services.AddFoundation(builder.Configuration, makeMasterKey: builder.Environment.IsDevelopment());
builder.Services.AddPeople().AddIntegrations(builder.Configuration, builder.Simulators()).AddReactions(withSamples: builder.Environment.IsDevelopment());

// top floor
builder.AddDeliveryChannels();
builder.Services.AddSignIn();
builder.Services.AddApi(builder.Configuration);
builder.Services.AddScreens().AddJobs(builder.AreSimulatorsOn()).AddPortalMetrics();

if (await builder.RunCommandAsync(args) is { } exitCode)
    return exitCode;
var app = builder.Build();
await app.PrepareAsync();

app.UseLogScopes();
app.UseAddresses();
app.UseRefusalLog();
app.UseResponseCompression();
app.UseErrors();
app.UseSecurityHeaders();
app.UseCookiePolicy();
app.UseCircuitDoor();
app.UseReadableRequests();
app.UseRouting();
app.UseCors();
app.UseAuthentication();
app.UseWhoAsks();
app.UseRequestLocalization(); // after it is known who asks: their choice comes first
app.UseApiLimits();
app.UseAuthorization();
app.UseOncePerKey();
app.UseForms();

app.MapApi();
app.MapWebhooks();
app.MapSimulators();
app.MapScreens();
app.MapViewAs();
app.MapPasskeys();
app.MapHealth();
app.MapMetrics();
app.MapBench();

await app.RunAsync();
return 0;

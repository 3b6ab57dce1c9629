// Starts Swagger UI on the page /api/v1/docs.
document.addEventListener("DOMContentLoaded", function () {
  var place = document.getElementById("swagger");
  window.SwaggerUIBundle({ url: place.dataset.url, domNode: place, deepLinking: true, tryItOutEnabled: false });
});
